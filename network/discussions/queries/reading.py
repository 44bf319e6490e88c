"""Reading one discussion, and what the forms of discussions offer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import CompoundSelect, bindparam, func, null, select, union_all
from sqlalchemy.orm import aliased

from network.core.db import db
from network.discussions.models import Discussion, DiscussionTag, DiscussionTopic
from network.groups.models import ASK_ANYONE, Group
from network.people.models import Person
from network.subjects.viewer import Viewer
from network.subjects.visibility import in_readable_group
from network.vocabulary.models import Topic

_Accepter, _Asked, _Remover = aliased(Person), aliased(Person), aliased(Person)


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


_HEAD = (
    select(
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
    )
    .outerjoin(_Accepter, _Accepter.id == Discussion.accepted_by)
    .outerjoin(_Asked, _Asked.id == Discussion.asked_person_id)
    .outerjoin(_Remover, _Remover.id == Discussion.withdrawn_by)
    .where(Discussion.group_id == bindparam("group_id"), Discussion.number == bindparam("number"))
)
_FILED: CompoundSelect[str | None, str] = union_all(
    select(Topic.slug, Topic.name.label("name"))
    .join(DiscussionTopic, DiscussionTopic.topic_id == Topic.id)
    .where(DiscussionTopic.discussion_id == bindparam("discussion_id")),
    select(null().label("slug"), DiscussionTag.word).where(
        DiscussionTag.discussion_id == bindparam("discussion_id")
    ),
)


class Filed(NamedTuple):
    """A topic (with its address part) or a free word (with None)."""

    slug: str | None
    name: str


def discussion_head(group_id: int, number: int) -> DiscussionHead | None:
    """One discussion of a group by its number, withdrawn ones too. The caller has checked who may see inside."""
    row = db.session.execute(_HEAD, {"group_id": group_id, "number": number}).one_or_none()
    return DiscussionHead._make(row) if row else None


def filed_under(discussion_id: int) -> list[Filed]:
    """Topics by name, then free words."""
    found = [Filed(*row) for row in db.session.execute(_FILED, {"discussion_id": discussion_id})]
    return sorted(found, key=lambda filed: (filed.slug is None, filed.name.lower()))


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
    """(id, name) of the person that a question names."""
    row = db.session.execute(select(Person.id, Person.name).where(Person.handle == handle)).one_or_none()
    return (row.id, row.name) if row else None

