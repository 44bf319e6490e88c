"""What somebody answers for, and so has to be settled before they leave."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, or_, select

from network.accounts.models import Account
from network.core.db import db
from network.groups.models import Group
from network.groups.queries import Led, led_alone
from network.library.collections.models import Collection
from network.library.flags.models import GuideFlag
from network.library.models import Guide, GuideCoAuthor
from network.library.suggestions.models import OPEN, Suggestion
from network.organisations.models import Organisation
from network.people.models import Person
from network.people.queries import stands
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


_co_author = (
    select(func.min(Person.id))
    .join(GuideCoAuthor, GuideCoAuthor.person_id == Person.id)
    .join(Account, Account.id == Person.account_id)
    .where(GuideCoAuthor.guide_id == Guide.id, stands())
    .correlate(Guide)
    .scalar_subquery()
)


def answerable(person_id: int) -> Answerable:
    """All of it, in nine queries at most besides the members of each group."""
    mine = or_(Guide.author_id == person_id, Guide.owner_person_id == person_id)
    drafts = db.session.scalars(select(_co_author.is_(None)).where(mine, Guide.state == "draft")).all()
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


def _owned(person_id: int) -> list[Owned]:
    """As `library.checking.inheriting.heir` decides: the group, else the organisation, else a co-author."""
    helper = select(Person.name).where(Person.id == _co_author).scalar_subquery()
    rows = db.session.execute(
        select(
            Guide.id,
            Guide.title,
            func.coalesce(Guide.slug, ""),
            Guide.state == "withdrawn",
            func.coalesce(Group.name, Organisation.name, helper, ""),
        )
        .outerjoin(Group, Group.id == Guide.group_id)
        .outerjoin(Organisation, Organisation.id == Guide.organisation_id)
        .where(Guide.owner_person_id == person_id, Guide.state != "draft")
        .order_by(Guide.sort_title, Guide.id)
    )
    return [Owned._make(row) for row in rows]


def _count(*conditions: object) -> int:
    return db.session.scalar(select(func.count()).where(*conditions)) or 0  # type: ignore[arg-type]
