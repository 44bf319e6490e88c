"""Facts about the network itself."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select

from network.accounts.models import Account
from network.core.db import db
from network.organisations.models import Organisation
from network.people.models import Person


class Keeper(NamedTuple):
    """An administrator as the page about the network names them."""

    name: str
    handle: str
    organisation: str | None


_ADMINISTRATORS = (
    select(Person.name, Person.handle, Organisation.name)
    .join(Account, Account.id == Person.account_id)
    .outerjoin(Organisation, Organisation.id == Person.organisation_id)
    .where(Account.role == "administrator", Account.active.is_(True), Account.confirmed_at.is_not(None))
    .order_by(Person.name, Person.id)
)


def people_who_run_it() -> list[Keeper]:
    """The administrators by name."""
    return [Keeper._make(row) for row in db.session.execute(_ADMINISTRATORS)]
