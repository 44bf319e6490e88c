"""What search and other features need to know of discussions: one is found as a whole, with all its posts."""

from __future__ import annotations

from sqlalchemy import select

from network.core.db import db
from network.discussions.models import Discussion
from network.discussions.queries.lists import visible_to
from network.discussions.subject.cards import cards, named, status
from network.discussions.subject.entries import entries, in_group, revisions
from network.discussions.subject.texts import LARGEST
from network.subjects.registry import Subject
from network.subjects.titles import by_title
from network.subjects.viewer import Viewer

__all__ = ["LARGEST", "SUBJECT", "status"]


def may_read(viewer: Viewer, discussion_id: int) -> bool:
    """The second check of one row."""
    query = select(Discussion.id).where(
        Discussion.id == discussion_id, Discussion.withdrawn_at.is_(None), visible_to(viewer)
    )
    return db.session.scalar(query) is not None


SUBJECT = Subject(
    name="discussion",
    label="Discussion",
    plural="Discussions",
    entries=entries,
    revisions=revisions,
    in_group=in_group,
    cards=cards,
    may_read=may_read,
    by_title=by_title(Discussion.id, Discussion.title, visible_to),
    named=named,
    tabs=(("question", "Questions"), ("discussion", "Discussions")),
)
