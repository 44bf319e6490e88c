"""Facts about the network itself: its size, its topics, who runs it."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import String, and_, cast, func, literal, select, true

from network.accounts.models import Account
from network.core.db import db
from network.core.prepared import Prepared
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


class Overview(NamedTuple):
    """How many organisations people here work for, how many guides everybody can read, and the topics with the most
    of these, as (slug, name)."""

    organisations: int
    guides: int
    topics: list[tuple[str, str]]


_ADMINISTRATORS = (
    select(Person.name, Person.handle, Organisation.name)
    .join(Account, Account.id == Person.account_id)
    .outerjoin(Organisation, Organisation.id == Person.organisation_id)
    .where(Account.role == "administrator", Account.active.is_(True), Account.confirmed_at.is_not(None))
    .order_by(Person.name, Person.id)
)
_WITH_PEOPLE = select(Person.id).where(Person.organisation_id == Organisation.id).exists()
_ORGANISATIONS = select(func.count(Organisation.id)).where(_WITH_PEOPLE).scalar_subquery()
_GUIDES = (
    select(LibraryTally.count)
    .where(LibraryTally.group_id == EVERYBODY, LibraryTally.facet == "all", LibraryTally.value == "")
    .scalar_subquery()
)
_TALLY_OF_TOPIC = and_(
    LibraryTally.group_id == EVERYBODY,
    LibraryTally.facet == "topic",
    LibraryTally.value == cast(Topic.id, String),
)
SHOWN = 6
_OVERVIEW = Prepared(
    select(_ORGANISATIONS, func.coalesce(_GUIDES, 0), Topic.slug, Topic.name)
    .select_from(select(literal(1)).subquery().outerjoin(Topic, true()).outerjoin(LibraryTally, _TALLY_OF_TOPIC))
    .order_by(func.coalesce(LibraryTally.count, 0).desc(), Topic.parent_id.is_not(None), Topic.position, Topic.name)
    .limit(SHOWN)
)


def people_who_run_it() -> list[Keeper]:
    """The administrators by name."""
    return [Keeper._make(row) for row in db.session.execute(_ADMINISTRATORS)]


def overview() -> Overview:
    """What the front page says about the whole. Only what everybody may read is counted."""
    rows = _OVERVIEW.rows()
    return Overview(rows[0][0], rows[0][1], [(slug, name) for _, _, slug, name in rows if slug is not None])
