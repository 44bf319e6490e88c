"""Reading a discussion in order to make a guide of it, and what became of it.

The table of discussions is named here, because the library and discussions are strangers to each other; whether the
viewer may read one is asked of the registry.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Integer, and_, bindparam, column, exists, or_, select, table

from network.accounts.models import Account
from network.core.db import db
from network.core.prepared import Prepared
from network.groups.models import Group
from network.library.models import Guide, GuideCoAuthor
from network.library.queries.lists import STATEMENTS_KEPT
from network.library.queries.visible import visible_to
from network.library.turning.models import GuideOrigin
from network.people.models import Person
from network.subjects.registry import subjects
from network.subjects.viewer import Viewer
from network.threads.models import Post

DISCUSSION = "discussion"
MOST_POSTS = 100
_discussions = table(
    "discussions",
    *(column(name) for name in ("id", "number", "slug", "title", "kind", "language", "group_id", "thread_id")),
    *(column(name) for name in ("accepted_post_id", "reply_count")),
)
_topics = table("discussion_topics", column("discussion_id"), column("topic_id"))


class Source(NamedTuple):
    """A discussion that the viewer may read."""

    id: int
    title: str
    kind: str
    language: str
    address: str
    group_id: int
    group: str
    closed: bool
    thread_id: int
    accepted_post_id: int | None


class SourcePost(NamedTuple):
    """A post that stands, with who wrote it; nobody's name and handle for those who left."""

    id: int
    number: int
    body: str
    html: str
    author_id: int | None
    author: str
    handle: str
    active: bool


class Offer(NamedTuple):
    """Whether a discussion has an answer, and the guide that it became."""

    answered: bool
    slug: str | None
    title: str | None


class Begun(NamedTuple):
    """Drafts of a discussion: one of the viewer's own, by its id, and whether there is one of somebody else."""

    own: int | None
    elsewhere: bool


def source(viewer: Viewer, discussion_id: int) -> Source | None:
    """The discussion, for those who may read it; None for all others, and for one that was withdrawn."""
    if not subjects()[DISCUSSION].may_read(viewer, discussion_id):
        return None
    row = db.session.execute(
        select(_discussions, Group.slug.label("group_slug"), Group.name.label("group_name"), Group.openness)
        .join(Group, Group.id == _discussions.c.group_id)
        .where(_discussions.c.id == discussion_id)
    ).one_or_none()
    if row is None:
        return None
    address = f"/groups/{row.group_slug}/discussions/{row.number}-{row.slug}"
    return Source(
        row.id, row.title, row.kind, row.language, address, row.group_id, row.group_name,
        row.openness == "closed", row.thread_id, row.accepted_post_id,
    )  # fmt: skip


def posts(found: Source) -> list[SourcePost]:
    """The posts that stand: what was asked first, then the accepted answer, then the others in order."""
    rows = db.session.execute(
        select(Post.id, Post.number, Post.body, Post.html, Post.author_id, Person.name, Person.handle, Account.active)
        .outerjoin(Person, Person.id == Post.author_id)
        .outerjoin(Account, Account.id == Person.account_id)
        .where(Post.thread_id == found.thread_id, Post.withdrawn_at.is_(None))
        .order_by(Post.number != 1, Post.id != found.accepted_post_id, Post.number)
        .limit(MOST_POSTS)
    )
    return [SourcePost(*row[:5], row.name or "", row.handle or "", bool(row.active)) for row in rows]


def topics(found: Source) -> Sequence[int]:
    """What the discussion is filed under."""
    return db.session.scalars(select(_topics.c.topic_id).where(_topics.c.discussion_id == found.id)).all()


def offer(viewer: Viewer, discussion_id: int) -> Offer:
    """One query, because the page of a discussion is asked for often."""
    row = _offer(viewer.group_ids).first(discussion_id=discussion_id)
    return Offer(row[0] is not None, row[1], row[2]) if row else Offer(False, None, None)


@lru_cache(STATEMENTS_KEPT)
def _offer(group_ids: frozenset[int]) -> Prepared:
    became = and_(Guide.id == GuideOrigin.guide_id, visible_to(Viewer(group_ids=group_ids)))
    return Prepared(
        select(_discussions.c.accepted_post_id, Guide.slug, Guide.title)
        .select_from(_discussions)
        .outerjoin(GuideOrigin, GuideOrigin.discussion_id == _discussions.c.id)
        .outerjoin(Guide, became)
        .where(_discussions.c.id == bindparam("discussion_id", type_=Integer))
        .order_by(Guide.published_at.desc().nulls_last())
        .limit(1)
    )


def begun(viewer: Viewer, discussion_id: int) -> Begun:
    """The draft of this discussion that the viewer writes or helps to write, and whether others have begun one."""
    helps = exists().where(GuideCoAuthor.guide_id == Guide.id, GuideCoAuthor.person_id == viewer.person_id)
    rows = db.session.execute(
        select(Guide.id, or_(Guide.author_id == viewer.person_id, helps))
        .join(GuideOrigin, GuideOrigin.guide_id == Guide.id)
        .where(GuideOrigin.discussion_id == discussion_id, Guide.state == "draft")
        .order_by(Guide.id)
    ).all()
    return Begun(next((row[0] for row in rows if row[1]), None), any(not row[1] for row in rows))


def held_in(guide_id: int) -> int | None:
    """The closed group that a guide may not leave, because its words were said there; None for all others."""
    return db.session.scalar(
        select(GuideOrigin.group_id)
        .join(Group, Group.id == GuideOrigin.group_id)
        .where(GuideOrigin.guide_id == guide_id, Group.openness == "closed")
    )
