"""Facts about the network itself: its size, its topics, who runs it."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import String, and_, cast, func, select

from network.accounts.models import Account
from network.core.db import db
from network.library.models import LibraryTally
from network.library.queries.tallies import EVERYBODY
from network.organisations.models import Organisation
from network.people.models import Person
from network.vocabulary.models import Topic


class Keeper(NamedTuple):
    """An administrator as the page about the network names them."""

    name: str
    handle: str
    organisation: str | None


class Size(NamedTuple):
    """How many organisations people here work for, and how many guides everybody can read."""

    organisations: int
    guides: int


_ADMINISTRATORS = (
    select(Person.name, Person.handle, Organisation.name)
    .join(Account, Account.id == Person.account_id)
    .outerjoin(Organisation, Organisation.id == Person.organisation_id)
    .where(Account.role == "administrator", Account.active.is_(True), Account.confirmed_at.is_not(None))
    .order_by(Person.name, Person.id)
)
_WITH_PEOPLE = select(Person.id).where(Person.organisation_id == Organisation.id).exists()
_SIZE = select(
    select(func.count(Organisation.id)).where(_WITH_PEOPLE).scalar_subquery(),
    func.coalesce(
        select(LibraryTally.count)
        .where(LibraryTally.group_id == EVERYBODY, LibraryTally.facet == "all", LibraryTally.value == "")
        .scalar_subquery(),
        0,
    ),
)
_BUSY_TOPICS = (
    select(Topic.slug, Topic.name)
    .outerjoin(
        LibraryTally,
        and_(
            LibraryTally.group_id == EVERYBODY,
            LibraryTally.facet == "topic",
            LibraryTally.value == cast(Topic.id, String),
        ),
    )
    .order_by(func.coalesce(LibraryTally.count, 0).desc(), Topic.parent_id.is_not(None), Topic.position, Topic.name)
)


def people_who_run_it() -> list[Keeper]:
    """The administrators by name."""
    return [Keeper._make(row) for row in db.session.execute(_ADMINISTRATORS)]


def size() -> Size:
    """The two numbers that the front page names. Only what everybody may read is counted."""
    return Size._make(db.session.execute(_SIZE).one())


def busy_topics(limit: int = 6) -> list[tuple[str, str]]:
    """Slug and name of the topics with the most guides that everybody can read."""
    return [(slug, name) for slug, name in db.session.execute(_BUSY_TOPICS.limit(limit))]
