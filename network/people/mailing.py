"""Where mail to a person goes."""

from __future__ import annotations

from sqlalchemy import select

from network.accounts.models import Account
from network.core.db import db
from network.people.models import Person


def email_of(person_id: int) -> str:
    """The address of somebody's account. Raises NoResultFound for somebody without one."""
    query = select(Account.email).join(Person, Person.account_id == Account.id).where(Person.id == person_id)
    return db.session.scalars(query).one()
