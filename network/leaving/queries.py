"""What somebody answers for, and so has to be settled before they leave."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from network.attachments.models import StoredFile
from network.core.db import db
from network.discussions.models import Discussion
from network.groups.queries import Led, led_alone
from network.library.checking.heirs import heirs, helper
from network.library.checking.models import GuideCheck, GuideTurn
from network.library.collections.models import Collection
from network.library.files.models import GuideFileVersion
from network.library.flags.models import GuideFlag
from network.library.models import Guide, GuideCoAuthor, GuideVersion
from network.library.suggestions.models import OPEN, Suggestion
from network.library.turning.models import GuideOrigin
from network.people.models import Person
from network.threads.models import Post


class Owned(NamedTuple):
    """A guide of theirs that is not a draft. `to` is who inherits it; empty when there is nobody."""

    id: int
    title: str
    slug: str
    withdrawn: bool
    to: str

    @property
    def address(self) -> str:
        """Its page, or what stands there in its place."""
        return f"/library/{self.slug}"


class Answerable(NamedTuple):
    """`drafts` are thrown away, `shared_drafts` go to their co-authors; the numbers are of what stands. `named` says
    whether any guide names them."""

    guides: list[Owned]
    groups: list[Led]
    drafts: int
    shared_drafts: int
    suggestions: int
    posts: int
    collections: int
    flags: int
    named: bool

    @property
    def inherited(self) -> list[Owned]:
        """Guides that somebody takes over by themselves."""
        return [guide for guide in self.guides if guide.to]

    @property
    def without_heir(self) -> list[Owned]:
        """Guides of which their owner has to say what becomes of them."""
        return [guide for guide in self.guides if not guide.to]


def answerable(person_id: int) -> Answerable:
    """All of it, in eleven queries at most besides the members of each group."""
    drafts = db.session.scalars(select(helper(person_id).is_(None)).select_from(Guide).where(written(person_id))).all()
    return Answerable(
        guides=_owned(person_id),
        groups=led_alone(person_id),
        drafts=sum(drafts),
        shared_drafts=len(drafts) - sum(drafts),
        suggestions=_count(Suggestion.author_id == person_id, Suggestion.state == OPEN),
        posts=_count(Post.author_id == person_id, Post.withdrawn_at.is_(None)),
        collections=_count(Collection.keeper_id == person_id, Collection.hidden_at.is_(None)),
        flags=_count(GuideFlag.person_id == person_id),
        named=_is_named(person_id),
    )


def written(person_id: int) -> ColumnElement[bool]:
    """The drafts that somebody writes: their own, and those of writers who have left that they own or help with."""
    helped = select(GuideCoAuthor.guide_id).where(GuideCoAuthor.person_id == person_id)
    left = and_(Guide.author_id.is_(None), or_(Guide.owner_person_id == person_id, Guide.id.in_(helped)))
    return and_(Guide.state == "draft", or_(Guide.author_id == person_id, left))


def _is_named(person_id: int) -> bool:
    """Whether a guide, its history or its record says who they are, or it was made of a discussion they wrote in."""
    columns: tuple[Any, ...] = (
        Guide.owner_person_id,
        Guide.author_id,
        Guide.checked_by,
        GuideCoAuthor.person_id,
        GuideVersion.author_id,
        GuideVersion.suggested_by_id,
        GuideCheck.person_id,
        GuideTurn.person_id,
    )
    added = select(GuideFileVersion.id).join(StoredFile, StoredFile.id == GuideFileVersion.stored_id)
    made_of = (
        select(GuideOrigin.guide_id)
        .join(Discussion, Discussion.id == GuideOrigin.discussion_id)
        .join(Post, Post.thread_id == Discussion.thread_id)
        .where(Post.author_id == person_id)
    )
    found = (exists().where(column == person_id) for column in columns)
    filed = added.where(StoredFile.uploaded_by == person_id).exists()
    return bool(db.session.scalar(select(or_(*found, made_of.exists(), filed))))


def _owned(person_id: int) -> list[Owned]:
    owned = (Guide.owner_person_id == person_id, Guide.state != "draft")
    to = {guide_id: name for guide_id, (_, name) in heirs(*owned, gone_id=person_id).items()}
    rows = db.session.execute(
        select(Guide.id, Guide.title, func.coalesce(Guide.slug, ""), Guide.state == "withdrawn")
        .where(*owned)
        .order_by(Guide.sort_title, Guide.id)
    )
    return [Owned(*row, to.get(row.id, "")) for row in rows]


def _count(*conditions: object) -> int:
    return db.session.scalar(select(func.count()).where(*conditions)) or 0  # type: ignore[arg-type]


def name_of(person_id: int) -> str:
    """What somebody is called."""
    found: str = db.session.scalars(select(Person.name).where(Person.id == person_id)).one()
    return found
