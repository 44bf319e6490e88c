"""Questions and discussions as the front pages list them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select

from network.core.db import db
from network.discussions.models import Discussion, DiscussionTopic
from network.groups.models import Group
from network.people.models import Person
from network.subjects.viewer import VISITOR, Viewer
from network.subjects.visibility import in_readable_group


class ThreadLine(NamedTuple):
    """A thread in a list. `accepted_at` is None without an accepted answer; `author` is empty when they have left."""

    id: int
    number: int
    slug: str
    title: str
    kind: str
    language: str
    reply_count: int
    created_at: datetime
    last_post_at: datetime
    accepted_at: datetime | None
    accepted_post_id: int | None
    author: str
    author_id: int
    group: str
    group_slug: str

    @property
    def address(self) -> str:
        """The thread's page."""
        return f"/groups/{self.group_slug}/discussions/{self.number}-{self.slug}"


_COLUMNS = (
    Discussion.id,
    Discussion.number,
    Discussion.slug,
    Discussion.title,
    Discussion.kind,
    Discussion.language,
    Discussion.reply_count,
    Discussion.created_at,
    Discussion.last_post_at,
    Discussion.accepted_at,
    Discussion.accepted_post_id,
    func.coalesce(Person.name, ""),
    func.coalesce(Person.id, 0),
    Group.name,
    Group.slug,
)
_LINES = (
    select(*_COLUMNS)
    .join(Group, Group.id == Discussion.group_id)
    .outerjoin(Person, Person.id == Discussion.author_id)
    .where(Discussion.withdrawn_at.is_(None))
)
_PUBLIC = _LINES.where(in_readable_group(Discussion.group_id, VISITOR), Discussion.kind == "question")
_ANSWERED = _PUBLIC.where(Discussion.accepted_post_id.is_not(None)).order_by(
    Discussion.accepted_at.desc(), Discussion.id.desc()
)
_UNANSWERED = _PUBLIC.where(Discussion.accepted_post_id.is_(None)).order_by(
    Discussion.last_post_at.desc(), Discussion.id.desc()
)


def answered_lately(limit: int = 3) -> list[ThreadLine]:
    """The questions in open groups that were answered last."""
    return _lines(_ANSWERED.limit(limit))


def unanswered(limit: int = 3) -> list[ThreadLine]:
    """Questions in open groups without an accepted answer, those with the latest post first."""
    return _lines(_UNANSWERED.limit(limit))


def changed_threads(viewer: Viewer, topic_ids: Sequence[int], kinds: Sequence[str], limit: int) -> list[ThreadLine]:
    """Threads of these kinds in the viewer's groups, or about these topics, those with the latest post first."""
    mine = _about(viewer, topic_ids)
    readable = in_readable_group(Discussion.group_id, viewer)
    query = _LINES.where(mine, readable, Discussion.kind.in_(kinds))
    return _lines(query.order_by(Discussion.last_post_at.desc(), Discussion.id.desc()).limit(limit))


def _about(viewer: Viewer, topic_ids: Sequence[int]) -> ColumnElement[bool]:
    filed = select(DiscussionTopic.discussion_id).where(DiscussionTopic.topic_id.in_(topic_ids))
    return or_(Discussion.group_id.in_(sorted(viewer.group_ids)), Discussion.id.in_(filed))


def _lines(query: Select[*tuple[Any, ...]]) -> list[ThreadLine]:
    return [ThreadLine._make(row) for row in db.session.execute(query)]
