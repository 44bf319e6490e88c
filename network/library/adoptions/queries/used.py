"""Lists of guides that somebody uses, as far as the viewer may read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, func, or_, select

from network.core.db import db
from network.library.adoptions.models import DID_NOT_WORK, Adoption, AdoptionReporter
from network.library.adoptions.queries.naming import WORDS, name_of
from network.library.models import Guide
from network.library.queries.lists import TRUST
from network.library.queries.visible import visible_to
from network.subjects.viewer import Viewer


class Used(NamedTuple):
    """A guide in the list of those that somebody uses."""

    slug: str
    title: str
    kind: str
    language: str
    use_count: int
    checked_at: datetime | None
    check_due: date | None
    superseded: bool
    flagged: bool
    result: str
    text: str
    month: date
    stopped_on: date | None
    asked: bool
    is_reporter: bool
    organisation: str
    told_by: int | None
    teller: str


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
            *TRUST,
            Adoption.result,
            WORDS,
            Adoption.month,
            Adoption.stopped_on,
            Adoption.asked_at.is_not(None),
            Adoption.id.in_(reported),
            Adoption.organisation_name,
            Adoption.told_by,
            func.coalesce(name_of(Adoption.told_by), ""),
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
