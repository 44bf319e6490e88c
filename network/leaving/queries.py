"""What somebody answers for, and so has to be settled before they leave."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select

from network.core.db import db
from network.groups.queries import Led, led_alone
from network.library.checking.heirs import heirs, helper
from network.library.collections.models import Collection
from network.library.flags.models import GuideFlag
from network.library.models import Guide, GuideCoAuthor
from network.library.suggestions.models import OPEN, Suggestion
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
    """`drafts` are thrown away, `shared_drafts` go to their co-authors; the numbers are of what stands."""

    guides: list[Owned]
    groups: list[Led]
    drafts: int
    shared_drafts: int
    suggestions: int
    posts: int
    collections: int
    flags: int

    @property
    def inherited(self) -> list[Owned]:
        """Guides that somebody takes over by themselves."""
        return [guide for guide in self.guides if guide.to]

    @property
    def without_heir(self) -> list[Owned]:
        """Guides of which their owner has to say what becomes of them."""
        return [guide for guide in self.guides if not guide.to]


def answerable(person_id: int) -> Answerable:
    """All of it, in ten queries at most besides the members of each group."""
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
    )


def written(person_id: int) -> ColumnElement[bool]:
    """The drafts that somebody writes: their own, and those of writers who have left that they own or help with."""
    helped = select(GuideCoAuthor.guide_id).where(GuideCoAuthor.person_id == person_id)
    left = and_(Guide.author_id.is_(None), or_(Guide.owner_person_id == person_id, Guide.id.in_(helped)))
    return and_(Guide.state == "draft", or_(Guide.author_id == person_id, left))


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
