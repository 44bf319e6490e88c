"""What was said of one guide.

Whoever asks has asked the rules whether the guide may be read. Names of people who cannot be seen any more are left
out, what they said stays.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, and_, bindparam, case, func, or_, select

from network.accounts.models import Account
from network.core.db import db
from network.core.prepared import Prepared
from network.library.adoptions.models import DID_NOT_WORK, OPEN_RESULTS, Adoption, AdoptionEarlier, AdoptionReporter
from network.library.adoptions.queries.naming import WORDS, name_of
from network.library.models import Guide
from network.organisations.models import Organisation
from network.people.models import Person
from network.people.queries import stands


class Evidence(NamedTuple):
    """An adoption as a guide's pages show it. Without `organisation` it is a person's own, who works for none."""

    id: int
    organisation_id: int | None
    organisation: str
    organisation_slug: str
    own: bool
    result: str
    text: str
    month: date
    stopped_on: date | None
    reporter_id: int | None
    reporter: str
    reporter_handle: str
    may_be_asked: bool
    stopper: str
    also: str
    hidden_reason: str
    hider: str
    told_by: int | None
    earlier: str

    def colleagues(self) -> list[str]:
        """Those who reported it besides the one whose words these are, by name."""
        return sorted(self.also.split("\n")) if self.also else []

    def said_before(self) -> list[tuple[str, str]]:
        """Who said how it went before somebody else did, by name; without one they have left."""
        said = [tuple(line.split("\t", 1)) for line in self.earlier.split("\n") if line]
        return sorted((name, result) for result, name in said)


class Told(NamedTuple):
    """How many adoptions of a guide say what happened, in how many it did not work, and how many ended."""

    told: int = 0
    failed: int = 0
    stopped: int = 0


_SAID = or_(WORDS != "", Adoption.result.not_in(OPEN_RESULTS))
_FIRST_REPORTER = (
    select(AdoptionReporter.person_id)
    .join(Person, Person.id == AdoptionReporter.person_id)
    .join(Account, Account.id == Person.account_id)
    .where(AdoptionReporter.adoption_id == Adoption.id, stands())
    .order_by(AdoptionReporter.created_at, AdoptionReporter.person_id)
    .limit(1)
    .correlate(Adoption)
    .scalar_subquery()
)
_TELLER = (
    select(Person.id)
    .join(Account, Account.id == Person.account_id)
    .where(Person.id == Adoption.told_by, stands())
    .correlate(Adoption)
    .scalar_subquery()
)
# Words stand under the name of who said them, or under none; without any it is who reported it first.
_NAMED = case((or_(Adoption.text != "", Adoption.result != ""), _TELLER), else_=_FIRST_REPORTER)
_ALSO = (
    select(func.aggregate_strings(Person.name, "\n"))
    .join(AdoptionReporter, AdoptionReporter.person_id == Person.id)
    .join(Account, Account.id == Person.account_id)
    .where(AdoptionReporter.adoption_id == Adoption.id, Person.id != func.coalesce(_NAMED, 0), stands())
    .correlate(Adoption)
    .scalar_subquery()
)
_EARLIER_NAME = func.coalesce(name_of(AdoptionEarlier.person_id, AdoptionEarlier), "")
_EARLIER = (
    select(func.aggregate_strings(AdoptionEarlier.result + "\t" + _EARLIER_NAME, "\n"))
    .where(AdoptionEarlier.adoption_id == Adoption.id, AdoptionEarlier.result != "")
    .correlate(Adoption)
    .scalar_subquery()
)
_EVIDENCE: Select[Any] = (
    select(
        Adoption.id,
        Adoption.organisation_id,
        Adoption.organisation_name,
        func.coalesce(Organisation.slug, ""),
        case(
            (Adoption.organisation_id == Guide.organisation_id, True),
            (Adoption.organisation_id == Guide.owner_organisation_id, True),
            else_=False,
        ),
        Adoption.result,
        WORDS,
        Adoption.month,
        Adoption.stopped_on,
        Person.id,
        func.coalesce(Person.name, ""),
        func.coalesce(Person.handle, ""),
        func.coalesce(AdoptionReporter.may_be_asked, False),
        func.coalesce(name_of(Adoption.stopped_by), ""),
        func.coalesce(_ALSO, ""),
        Adoption.hidden_reason,
        func.coalesce(name_of(Adoption.hidden_by), ""),
        Adoption.told_by,
        func.coalesce(_EARLIER, ""),
    )
    .join(Guide, Guide.id == Adoption.guide_id)
    .outerjoin(Organisation, Organisation.id == Adoption.organisation_id)
    .outerjoin(Person, Person.id == _NAMED)
    .outerjoin(
        AdoptionReporter, and_(AdoptionReporter.adoption_id == Adoption.id, AdoptionReporter.person_id == Person.id)
    )
    .where(Adoption.guide_id == bindparam("guide_id"))
)
_FIRST = (
    case((WORDS != "", 0), (Adoption.result.not_in(OPEN_RESULTS), 1), else_=2),
    Adoption.organisation_id.is_(None),
    Adoption.month.desc(),
    Adoption.id.desc(),
)
_SHOWN = Prepared(
    _EVIDENCE.add_columns(
        func.sum(case((_SAID, 1), else_=0)).over(),
        func.sum(case((Adoption.result == DID_NOT_WORK, 1), else_=0)).over(),
        func.sum(case((Adoption.stopped_on.is_not(None), 1), else_=0)).over(),
    )
    .order_by(*_FIRST)
    .limit(bindparam("limit", type_=Integer))
    .offset(bindparam("offset", type_=Integer))
)


def evidence(guide_id: int, *, limit: int, offset: int = 0) -> tuple[list[Evidence], Told]:
    """What was said of a guide: those with words first, then those with a result.

    Organisations stand before people without one, the newest first. The numbers are of all of them.

    How it went does not decide the order: a failure stands where its date puts it.
    """
    rows = _SHOWN.rows(guide_id=guide_id, limit=limit, offset=offset)
    told = Told(*(int(number) for number in rows[0][-3:])) if rows else Told()
    return [Evidence(*row[:-3]) for row in rows], told


class Written(NamedTuple):
    """The words of an adoption, and whose they are."""

    text: str
    told_by: int | None


def words_of(guide_id: int, adoption_id: int) -> Written | None:
    """What one adoption of a guide says, as far as it is to be read; None where there are no words."""
    query = select(WORDS, Adoption.told_by).where(
        Adoption.id == adoption_id, Adoption.guide_id == guide_id, WORDS != ""
    )
    row = db.session.execute(query).one_or_none()
    return Written(*row) if row else None
