"""Reading adoptions: the evidence on a guide, one's own, and what an organisation or a person uses.

Whoever asks about a guide has asked the rules whether it may be read; lists over guides go through `visible_to`.
Names of people who cannot be seen any more are left out, what they said stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Row, Select, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import aliased

from network.accounts.models import Account
from network.core.db import db
from network.core.prepared import Prepared
from network.library.adoptions.models import DID_NOT_WORK, OPEN_RESULTS, Adoption, AdoptionReporter
from network.library.adoptions.rules import Report
from network.library.models import Guide
from network.library.queries.visible import visible_to
from network.organisations.models import Organisation
from network.people.models import Person
from network.people.queries import stands
from network.subjects.viewer import Viewer


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


class Told(NamedTuple):
    """How many adoptions of a guide say what happened, and in how many it did not work."""

    told: int
    failed: int


class Mine(NamedTuple):
    """The adoption that a viewer reported or could join."""

    id: int
    organisation_id: int | None
    alone_id: int | None
    organisation: str
    result: str
    text: str
    month: date
    stopped_on: date | None
    asked_at: datetime | None
    revision: int
    is_reporter: bool
    may_be_asked: bool
    mails: bool
    reporters: int

    def report(self, person_id: int | None) -> Report:
        """What the rules ask, as far as this person is concerned."""
        ids = frozenset((person_id,)) if self.is_reporter and person_id is not None else frozenset()
        return Report(self.organisation_id, self.alone_id, ids)


_SAID = or_(Adoption.text != "", Adoption.result.not_in(OPEN_RESULTS))
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
        Adoption.text,
        Adoption.month,
        Adoption.stopped_on,
        Person.id,
        func.coalesce(Person.name, ""),
        func.coalesce(Person.handle, ""),
        func.coalesce(AdoptionReporter.may_be_asked, False),
    )
    .join(Guide, Guide.id == Adoption.guide_id)
    .outerjoin(Organisation, Organisation.id == Adoption.organisation_id)
    .outerjoin(Person, Person.id == _FIRST_REPORTER)
    .outerjoin(
        AdoptionReporter, and_(AdoptionReporter.adoption_id == Adoption.id, AdoptionReporter.person_id == Person.id)
    )
    .where(Adoption.guide_id == bindparam("guide_id"))
)
_FIRST = (
    case((Adoption.text != "", 0), (Adoption.result.not_in(OPEN_RESULTS), 1), else_=2),
    Adoption.organisation_id.is_(None),
    Adoption.month.desc(),
    Adoption.id.desc(),
)
_SHOWN = Prepared(
    _EVIDENCE.add_columns(
        func.sum(case((_SAID, 1), else_=0)).over(), func.sum(case((Adoption.result == DID_NOT_WORK, 1), else_=0)).over()
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
    told = Told(int(rows[0][-2]), int(rows[0][-1])) if rows else Told(0, 0)
    return [Evidence(*row[:-2]) for row in rows], told


_EVERYBODY = aliased(AdoptionReporter)
_MINE = Prepared(
    select(
        Adoption.id,
        Adoption.organisation_id,
        Adoption.alone_id,
        Adoption.organisation_name,
        Adoption.result,
        Adoption.text,
        Adoption.month,
        Adoption.stopped_on,
        Adoption.asked_at,
        Adoption.revision,
        AdoptionReporter.person_id.is_not(None),
        func.coalesce(AdoptionReporter.may_be_asked, True),
        func.coalesce(AdoptionReporter.mails, True),
        select(func.count())
        .select_from(_EVERYBODY)
        .where(_EVERYBODY.adoption_id == Adoption.id)
        .correlate(Adoption)
        .scalar_subquery(),
    )
    .outerjoin(
        AdoptionReporter,
        and_(AdoptionReporter.adoption_id == Adoption.id, AdoptionReporter.person_id == bindparam("person_id")),
    )
    .where(
        Adoption.guide_id == bindparam("guide_id"),
        or_(
            Adoption.organisation_id == bindparam("organisation_id", type_=Integer),
            Adoption.alone_id == bindparam("person_id"),
        ),
    )
    # What was reported without an organisation gives way to what colleagues say.
    .order_by(Adoption.organisation_id.is_(None))
    .limit(1)
)


def mine(viewer: Viewer, guide_id: int) -> Mine | None:
    """What the viewer's organisation, or the viewer alone, says about using a guide."""
    if viewer.person_id is None:
        return None
    row = _MINE.first(guide_id=guide_id, person_id=viewer.person_id, organisation_id=viewer.organisation_id)
    return Mine._make(row) if row else None


class Used(NamedTuple):
    """A guide in the list of those that somebody uses."""

    slug: str
    title: str
    kind: str
    language: str
    use_count: int
    result: str
    text: str
    month: date
    stopped_on: date | None
    asked: bool
    is_reporter: bool
    organisation: str


def used_by(viewer: Viewer, limit: int, offset: int = 0) -> tuple[list[Used], int]:
    """The guides that the viewer or their organisation uses or used, as far as they may read them, and how many."""
    reported = select(AdoptionReporter.adoption_id).where(AdoptionReporter.person_id == viewer.person_id)
    ours: ColumnElement[bool] = Adoption.id.in_(reported)
    if viewer.organisation_id is not None:
        ours = or_(ours, Adoption.organisation_id == viewer.organisation_id)
    query: Select[*tuple[Any, ...]] = (
        select(
            Guide.slug,
            Guide.title,
            Guide.kind,
            Guide.language,
            Guide.use_count,
            Adoption.result,
            Adoption.text,
            Adoption.month,
            Adoption.stopped_on,
            Adoption.asked_at.is_not(None),
            Adoption.id.in_(reported),
            Adoption.organisation_name,
            func.count().over(),
        )
        .join(Guide, Guide.id == Adoption.guide_id)
        .where(ours, visible_to(viewer))
        .order_by(Adoption.stopped_on.is_not(None), Adoption.month.desc(), Adoption.id.desc())
        .limit(limit)
        .offset(offset)
    )
    rows: Sequence[Row[*tuple[Any, ...]]] = db.session.execute(query).all()
    return [Used(*row[:-1]) for row in rows], int(rows[0][-1]) if rows else 0


def guides_of_organisation(viewer: Viewer, organisation_id: int, limit: int) -> tuple[list[int], int]:
    """Ids of guides that an organisation uses and that the viewer may read, those begun last first; and how many.

    What it stopped using or what failed there is told on the guides, not listed as in use.
    """
    query = (
        select(Guide.id, func.count().over())
        .join(Adoption, Adoption.guide_id == Guide.id)
        .where(
            Adoption.organisation_id == organisation_id,
            Adoption.stopped_on.is_(None),
            Adoption.result != DID_NOT_WORK,
            visible_to(viewer),
        )
        .order_by(Adoption.month.desc(), Adoption.id.desc())
        .limit(limit)
    )
    rows = db.session.execute(query).all()
    return [guide_id for guide_id, _ in rows], rows[0][1] if rows else 0


class Untold(NamedTuple):
    """A guide of which somebody was asked how it went, and when."""

    slug: str
    title: str
    asked_at: datetime


def untold(viewer: Viewer, limit: int) -> list[Untold]:
    """Where a mail asked the viewer how it went and nobody has answered, the longest wait first."""
    if viewer.person_id is None:
        return []
    rows = _untold(viewer.group_ids).rows(
        person_id=viewer.person_id, organisation_id=viewer.organisation_id, limit=limit
    )
    return [Untold._make(row) for row in rows]


@lru_cache(500)
def _untold(group_ids: frozenset[int]) -> Prepared:
    """Kept, because putting a statement together takes longer than running it."""
    works_there = or_(
        Adoption.alone_id == bindparam("person_id"),
        Adoption.organisation_id == bindparam("organisation_id", type_=Integer),
    )
    return Prepared(
        select(Guide.slug, Guide.title, Adoption.asked_at)
        .join(Adoption, Adoption.guide_id == Guide.id)
        .join(AdoptionReporter, AdoptionReporter.adoption_id == Adoption.id)
        .where(
            AdoptionReporter.person_id == bindparam("person_id"),
            Adoption.asked_at.is_not(None),
            works_there,
            visible_to(Viewer(group_ids=group_ids)),
        )
        .order_by(Adoption.asked_at, Adoption.id)
        .limit(bindparam("limit", type_=Integer))
    )
