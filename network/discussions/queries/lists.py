"""Lists of discussions: of a group, of all groups, and what the home page and topics show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, bindparam, func, select

from network.core.db import db
from network.core.prepared import Prepared
from network.core.web.pagination import Page, offset
from network.discussions.models import Discussion, DiscussionTopic
from network.groups.models import Group
from network.people.models import Person
from network.subjects.viewer import Viewer
from network.subjects.visibility import in_readable_group

Statement = Select[*tuple[Any, ...]]
PER_PAGE = 20


class DiscussionRow(NamedTuple):
    """A discussion in a list. `author` is None for those who left."""

    id: int
    number: int
    slug: str
    title: str
    kind: str
    excerpt: str
    reply_count: int
    created_at: datetime
    last_post_at: datetime
    accepted_post_id: int | None
    author_id: int | None
    author: str | None
    group_slug: str
    group: str

    @property
    def address(self) -> str:
        """The discussion's page."""
        return f"/groups/{self.group_slug}/discussions/{self.number}-{self.slug}"

    @property
    def answered(self) -> bool:
        """Whether it is a question with an accepted answer."""
        return self.accepted_post_id is not None


COLUMNS = (
    Discussion.id,
    Discussion.number,
    Discussion.slug,
    Discussion.title,
    Discussion.kind,
    Discussion.excerpt,
    Discussion.reply_count,
    Discussion.created_at,
    Discussion.last_post_at,
    Discussion.accepted_post_id,
    Discussion.author_id,
    Person.name,
    Group.slug,
    Group.name,
)

_STANDING = Discussion.withdrawn_at.is_(None)
_QUESTION = Discussion.kind == "question"
_OPEN = Discussion.accepted_post_id.is_(None)
# What each tab and chip shows.
SHOWN: dict[str, tuple[ColumnElement[bool], ...]] = {
    "latest": (),
    "needs": (_QUESTION, _OPEN),
    "unanswered": (_QUESTION, _OPEN, Discussion.reply_count == 0),
    "answered": (_QUESTION, Discussion.accepted_post_id.is_not(None)),
    "discussions": (Discussion.kind != "question",),
}
_LIST = (
    select(*COLUMNS)
    .select_from(Discussion)
    .join(Group, Group.id == Discussion.group_id)
    .outerjoin(Person, Person.id == Discussion.author_id)
    .where(_STANDING)
)


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """The condition that every list over several groups carries."""
    return in_readable_group(Discussion.group_id, viewer)


def rows(query: Statement) -> list[DiscussionRow]:
    """Run a query over COLUMNS."""
    return [DiscussionRow._make(row) for row in db.session.execute(query)]


def group_page(group_id: int, show: str, page: int, *, all_of_them: int) -> Page[DiscussionRow]:
    """A page of one group's discussions, the latest post first. The caller has checked who may see inside.

    `all_of_them` is the group's own counter, so that an unfiltered list needs no count.
    """
    given = {"group_id": group_id}
    found = _some(_group_list(show), given, page)
    total = all_of_them if show == "latest" else _total(found, page, _group_count(show), given)
    return Page(found, page, PER_PAGE, total)


def open_question_count(group_id: int) -> int:
    """How many questions of a group have no accepted answer."""
    return db.session.scalar(_group_count("needs"), {"group_id": group_id}) or 0


def questions_page(tab: str, viewer: Viewer, page: int) -> Page[DiscussionRow]:
    """A page of questions of all groups that the viewer may read: "unanswered", "needs" or "answered"."""
    found = _some(_question_list(tab, viewer.group_ids), {}, page)
    return Page(found, page, PER_PAGE, _total(found, page, _question_count(tab, viewer.group_ids), {}))


def discussions_of_topics(topic_ids: Sequence[int], viewer: Viewer, limit: int = 10) -> list[DiscussionRow]:
    """Discussions filed under any of these topics that the viewer may read, the latest post first."""
    filed = select(DiscussionTopic.discussion_id).where(DiscussionTopic.topic_id.in_(topic_ids))
    query = _LIST.where(Discussion.id.in_(filed), visible_to(viewer))
    return rows(query.order_by(Discussion.last_post_at.desc(), Discussion.id.desc()).limit(limit))


# Statements are kept: putting one together costs more than running it.
@lru_cache(maxsize=8)
def _group_list(show: str) -> Prepared:
    return _listed(Discussion.group_id == bindparam("group_id"), *SHOWN[show])


@lru_cache(maxsize=8)
def _group_count(show: str) -> Statement:
    return _counted(Discussion.group_id == bindparam("group_id"), *SHOWN[show])


@lru_cache(maxsize=256)
def _question_list(tab: str, group_ids: frozenset[int]) -> Prepared:
    return _listed(visible_to(Viewer(group_ids=group_ids)), *SHOWN[tab])


@lru_cache(maxsize=256)
def _question_count(tab: str, group_ids: frozenset[int]) -> Statement:
    return _counted(visible_to(Viewer(group_ids=group_ids)), *SHOWN[tab])


def _listed(*conditions: ColumnElement[bool]) -> Prepared:
    query = _LIST.where(*conditions).order_by(Discussion.last_post_at.desc(), Discussion.id.desc())
    return Prepared(query.limit(bindparam("most", type_=Integer)).offset(bindparam("before", type_=Integer)))


def _counted(*conditions: ColumnElement[bool]) -> Statement:
    return select(func.count()).select_from(Discussion).where(_STANDING, *conditions)


def _some(query: Prepared, given: dict[str, Any], page: int, most: int = PER_PAGE) -> list[DiscussionRow]:
    found = query.rows(**given, before=offset(page, PER_PAGE), most=most)
    return [DiscussionRow._make(row) for row in found]


def _total(found: Sequence[DiscussionRow], page: int, count: Statement, given: dict[str, Any]) -> int:
    """A first page that is not full is the whole list."""
    if page == 1 and len(found) < PER_PAGE:
        return len(found)
    return db.session.scalar(count, given) or 0
