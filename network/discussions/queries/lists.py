"""Lists of discussions: of a group, of all groups, and what the home page and topics show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select

from network.core.clock import now
from network.core.db import db
from network.core.web.pagination import Page, offset
from network.discussions.models import Discussion, DiscussionTopic
from network.groups.models import Group
from network.people.models import Person
from network.subjects.viewer import Viewer
from network.subjects.visibility import in_readable_group

PER_PAGE = 20
WEEK = timedelta(days=7)


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


def rows(query: Select[*tuple[Any, ...]]) -> list[DiscussionRow]:
    """Run a query over COLUMNS."""
    return [DiscussionRow._make(row) for row in db.session.execute(query)]


def group_page(group_id: int, show: str, page: int) -> Page[DiscussionRow]:
    """A page of one group's discussions, the latest post first. The caller has checked who may see inside."""
    conditions = (Discussion.group_id == group_id, *SHOWN[show])
    return _page(conditions, page)


def open_question_count(group_id: int) -> int:
    """How many questions of a group have no accepted answer."""
    return _count((Discussion.group_id == group_id, *SHOWN["needs"]))


def questions_page(tab: str, viewer: Viewer, page: int) -> Page[DiscussionRow]:
    """A page of questions of all groups that the viewer may read: "unanswered", "needs" or "answered"."""
    return _page((visible_to(viewer), *SHOWN[tab]), page)


def questions_needing_answer(viewer: Viewer, limit: int = 3) -> list[DiscussionRow]:
    """Open questions for the home page, those where something was said last first."""
    query = _LIST.where(*SHOWN["needs"], visible_to(viewer))
    return rows(query.order_by(Discussion.last_post_at.desc(), Discussion.id.desc()).limit(limit))


def answered_this_week(viewer: Viewer, limit: int = 3) -> list[DiscussionRow]:
    """Questions whose answer was accepted in the last seven days, the newest first."""
    query = _LIST.where(Discussion.accepted_at >= now() - WEEK, visible_to(viewer))
    return rows(query.order_by(Discussion.accepted_at.desc(), Discussion.id.desc()).limit(limit))


def recent_activity(viewer: Viewer, limit: int = 20, before: datetime | None = None) -> list[DiscussionRow]:
    """What was said last in the viewer's own groups; `before` for older activity."""
    if not viewer.group_ids:
        return []
    query = _LIST.where(Discussion.group_id.in_(sorted(viewer.group_ids)))
    if before is not None:
        query = query.where(Discussion.last_post_at < before)
    return rows(query.order_by(Discussion.last_post_at.desc(), Discussion.id.desc()).limit(limit))


def discussions_of_topics(topic_ids: Sequence[int], viewer: Viewer, limit: int = 10) -> list[DiscussionRow]:
    """Discussions filed under any of these topics that the viewer may read, the latest post first."""
    filed = select(DiscussionTopic.discussion_id).where(DiscussionTopic.topic_id.in_(topic_ids))
    query = _LIST.where(Discussion.id.in_(filed), visible_to(viewer))
    return rows(query.order_by(Discussion.last_post_at.desc(), Discussion.id.desc()).limit(limit))


def _page(conditions: tuple[ColumnElement[bool], ...], page: int) -> Page[DiscussionRow]:
    query = _LIST.where(*conditions).order_by(Discussion.last_post_at.desc(), Discussion.id.desc())
    found = rows(query.limit(PER_PAGE).offset(offset(page, PER_PAGE)))
    # A first page that is not full is the whole list.
    total = len(found) if page == 1 and len(found) < PER_PAGE else _count(conditions)
    return Page(found, page, PER_PAGE, total)


def _count(conditions: tuple[ColumnElement[bool], ...]) -> int:
    query = select(func.count()).select_from(Discussion).where(_STANDING, *conditions)
    return db.session.scalar(query) or 0
