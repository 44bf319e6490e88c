"""What the viewer, or their organisation, says of a guide, and of which guides somebody waits to hear from them."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Integer, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import aliased

from network.core.prepared import Prepared
from network.library.adoptions.models import Adoption, AdoptionReporter
from network.library.adoptions.queries.naming import WORDS, name_of
from network.library.adoptions.rules import Report
from network.library.models import Guide
from network.library.queries.visible import visible_to
from network.subjects.viewer import Viewer


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
    told_by: int | None
    teller: str
    stopped_by: int | None
    stopper: str
    hidden_reason: str

    def said_by(self, person_id: int | None) -> bool:
        """Are result and text this person's own?"""
        return person_id is not None and self.told_by == person_id

    def report(self, person_id: int | None) -> Report:
        """What the rules ask, as far as this person is concerned."""
        ids = frozenset((person_id,)) if self.is_reporter and person_id is not None else frozenset()
        return Report(self.organisation_id, self.alone_id, ids)


_EVERYBODY = aliased(AdoptionReporter)
_MINE = Prepared(
    select(
        Adoption.id,
        Adoption.organisation_id,
        Adoption.alone_id,
        Adoption.organisation_name,
        Adoption.result,
        case((Adoption.told_by == bindparam("person_id"), Adoption.text), else_=WORDS),
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
        Adoption.told_by,
        func.coalesce(name_of(Adoption.told_by), ""),
        Adoption.stopped_by,
        func.coalesce(name_of(Adoption.stopped_by), ""),
        Adoption.hidden_reason,
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
