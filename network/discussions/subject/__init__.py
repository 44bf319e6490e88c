"""What search and other features need to know of discussions: one is found as a whole, with all its posts."""

from __future__ import annotations

import re

from sqlalchemy import select, union

from network.core.db import db
from network.discussions.models import Discussion
from network.discussions.queries.lists import visible_to
from network.discussions.subject.cards import cards, named, status
from network.discussions.subject.entries import entries, in_group, revisions, topics
from network.discussions.subject.texts import LARGEST
from network.groups.models import FormerGroupSlug, Group
from network.subjects.registry import Hearing, Subject
from network.subjects.titles import by_title
from network.subjects.viewer import Viewer

__all__ = ["LARGEST", "SUBJECT", "status"]


def may_read(viewer: Viewer, discussion_id: int) -> bool:
    """The second check of one row."""
    query = select(Discussion.id).where(
        Discussion.id == discussion_id, Discussion.withdrawn_at.is_(None), visible_to(viewer)
    )
    return db.session.scalar(query) is not None


def started_by(discussion_id: int) -> list[int]:
    """Who asked or began to discuss: replies are addressed to them."""
    query = select(Discussion.author_id).where(Discussion.id == discussion_id, Discussion.author_id.is_not(None))
    return [person_id for person_id in db.session.scalars(query) if person_id is not None]


_PATH = re.compile(r"/groups/([a-z0-9-]{1,100})/discussions/([0-9]{1,9})(?:-[a-z0-9-]*)?")


def at_path(path: str) -> int | None:
    """The discussion whose page stands at a path, under a present or former address of its group."""
    match = _PATH.fullmatch(path)
    if match is None:
        return None
    groups = union(
        select(Group.id).where(Group.slug == match[1]),
        select(FormerGroupSlug.group_id).where(FormerGroupSlug.slug == match[1]),
    )
    return db.session.scalar(
        select(Discussion.id).where(Discussion.group_id.in_(groups), Discussion.number == int(match[2]))
    )


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
    at_path=at_path,
    hearing=Hearing(started_by, did="replied to", several="new replies to"),
    topics=topics,
    tabs=(("question", "Questions"), ("discussion", "Discussions")),
)
