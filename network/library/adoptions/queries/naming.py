"""Who said something of a use, while they can be seen, and their words, unless they are hidden."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ScalarSelect, case, select
from sqlalchemy.orm import InstrumentedAttribute

from network.accounts.models import Account
from network.core.db import Base, db
from network.library.adoptions.models import Adoption, AdoptionReporter
from network.people.models import Person
from network.people.queries import stands

WORDS = case((Adoption.hidden_reason == "", Adoption.text), else_="")
"""What everybody may read of an adoption's text."""


def name_of(person_id: InstrumentedAttribute[int | None], of: type[Base] = Adoption) -> ScalarSelect[Any]:
    """The name of whom a column of an adoption, or of something of one, tells."""
    return (
        select(Person.name)
        .join(Account, Account.id == Person.account_id)
        .where(Person.id == person_id, stands())
        .correlate(of)
        .scalar_subquery()
    )


def colleagues(adoption_id: int, person_id: int | None) -> list[str]:
    """The names of everybody else who reported it, the first one first."""
    query = (
        select(Person.name)
        .join(AdoptionReporter, AdoptionReporter.person_id == Person.id)
        .join(Account, Account.id == Person.account_id)
        .where(AdoptionReporter.adoption_id == adoption_id, Person.id != person_id, stands())
        .order_by(AdoptionReporter.created_at, Person.id)
    )
    return list(db.session.scalars(query))
