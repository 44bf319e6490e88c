"""Reading one discussion, and what the forms of discussions offer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import aliased

from network.accounts.models import Account
from network.core.clock import now
from network.core.db import db
from network.core.prepared import Prepared
from network.discussions.models import Discussion, DiscussionTag, DiscussionTopic
from network.groups.models import ASK_ANYONE, Group, Membership
from network.groups.queries import HEAD_COLUMNS, OWN_MEMBERSHIP, GroupHead
from network.people.models import Person
from network.people.queries import stands
from network.subjects.viewer import Viewer
from network.subjects.visibility import in_readable_group
from network.threads.models import Post
from network.threads.queries import SAME_WITHIN
from network.vocabulary.models import Topic

_Accepter, _Asked, _Remover = aliased(Person), aliased(Person), aliased(Person)


class Filed(NamedTuple):
    """A topic (with its address part) or a free word (with None)."""

    slug: str | None
    name: str


class DiscussionHead(NamedTuple):
    """A discussion without its posts."""

    id: int
    number: int
    slug: str
    title: str
    kind: str
    language: str
    author_id: int | None
    thread_id: int
    reply_count: int
    created_at: datetime
    accepted_post_id: int | None
    accepted_by: str | None
    asked: str | None
    asked_handle: str | None
    withdrawn_at: datetime | None
    withdrawn_by_author: bool
    withdrawn_by: str | None
    withdrawn_reason: str
    topics: str | None
    tags: str | None

    @property
    def filed(self) -> list[Filed]:
        """Topics by name, then free words."""
        return _filed(self.topics, self.tags)


SEPARATOR = "\x1f"  # Stands in no title: forms take control characters out.


def _filed(topics: str | None, tags: str | None) -> list[Filed]:
    listed = [Filed(*part.split("=", 1)) for part in (topics or "").split(SEPARATOR) if part]
    words = [Filed(None, word) for word in (tags or "").split(SEPARATOR) if word]
    return sorted(listed, key=lambda filed: filed.name) + sorted(words, key=lambda filed: filed.name.lower())


_TOPICS = (
    select(func.aggregate_strings(Topic.slug + "=" + Topic.name, SEPARATOR))
    .join(DiscussionTopic, DiscussionTopic.topic_id == Topic.id)
    .where(DiscussionTopic.discussion_id == Discussion.id)
    .scalar_subquery()
)
_TAGS = (
    select(func.aggregate_strings(DiscussionTag.word, SEPARATOR))
    .where(DiscussionTag.discussion_id == Discussion.id)
    .scalar_subquery()
)
# The group and the discussion in one query: every page of a discussion begins with both.
_HEAD = Prepared(
    select(
        *HEAD_COLUMNS,
        Discussion.id,
        Discussion.number,
        Discussion.slug,
        Discussion.title,
        Discussion.kind,
        Discussion.language,
        Discussion.author_id,
        Discussion.thread_id,
        Discussion.reply_count,
        Discussion.created_at,
        Discussion.accepted_post_id,
        _Accepter.name,
        _Asked.name,
        _Asked.handle,
        Discussion.withdrawn_at,
        func.coalesce(Discussion.withdrawn_by == Discussion.author_id, False),
        _Remover.name,
        Discussion.withdrawn_reason,
        _TOPICS,
        _TAGS,
    )
    .select_from(Group)
    .outerjoin(Membership, OWN_MEMBERSHIP)
    .outerjoin(Discussion, and_(Discussion.group_id == Group.id, Discussion.number == bindparam("number")))
    .outerjoin(_Accepter, _Accepter.id == Discussion.accepted_by)
    .outerjoin(_Asked, _Asked.id == Discussion.asked_person_id)
    .outerjoin(_Remover, _Remover.id == Discussion.withdrawn_by)
    .where(Group.slug == bindparam("slug"))
)


def discussion_head(slug: str, number: int, viewer: Viewer) -> tuple[GroupHead, DiscussionHead | None] | None:
    """A group by its address and its discussion with this number, withdrawn ones too. None without such a group.

    The caller checks who may see inside before it lets on whether the discussion is there.
    """
    given = {"slug": slug, "number": number, "person_id": viewer.person_id}
    row = _HEAD.first(**given)
    if row is None:
        return None
    group, columns = GroupHead._make(row[: len(HEAD_COLUMNS)]), row[len(HEAD_COLUMNS) :]
    return group, DiscussionHead._make(columns) if columns[0] is not None else None


def filed_words(discussion_id: int) -> dict[str, str]:
    """What a discussion is called and filed under, as its form has it."""
    query = select(Discussion.title, _TOPICS, _TAGS).where(Discussion.id == discussion_id)
    title, topics, tags = db.session.execute(query).one()
    return {"title": title, "topics": ", ".join(filed.name for filed in _filed(topics, tags))}


def just_started(group_id: int, author_id: int | None, kind: str, title: str, body: str) -> Discussion | None:
    """What somebody began here with these very words minutes ago: a page that was sent comes back with Back."""
    query = (
        select(Discussion)
        .join(Post, and_(Post.thread_id == Discussion.thread_id, Post.number == 1))
        .where(Discussion.group_id == group_id, Discussion.author_id == author_id, Discussion.kind == kind)
        .where(Discussion.title == title, Post.body == body)
        .where(Discussion.created_at > now() - SAME_WITHIN, Discussion.withdrawn_at.is_(None))
    )
    return db.session.scalar(query.order_by(Discussion.id.desc()).limit(1))


def groups_to_choose(viewer: Viewer) -> Sequence[tuple[int, str, str]]:
    """(id, name, openness) of groups the viewer may post in: “Ask anyone”, their own, then the others by name."""
    rows = db.session.execute(
        select(Group.id, Group.name, Group.openness, Group.slug)
        .where(in_readable_group(Group.id, viewer))
        .order_by(func.lower(Group.name))
    ).all()
    ordered = sorted(rows, key=lambda row: (row.slug != ASK_ANYONE, row.id not in viewer.group_ids))
    return [(row.id, row.name, row.openness) for row in ordered]


def person_to_ask(handle: str) -> tuple[int, str] | None:
    """(id, name) of the person that a question names; None when they are not to be seen any more."""
    query = select(Person.id, Person.name).join(Account, Account.id == Person.account_id)
    row = db.session.execute(query.where(Person.handle == handle, stands())).one_or_none()
    return (row.id, row.name) if row else None
