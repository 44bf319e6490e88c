"""What somebody answers for, by urgency, and what they may put back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    func,
    or_,
    select,
    union,
)

from network.core.db import db
from network.groups.models import Group
from network.library.checking.models import CareMute
from network.library.checks import SOON, today
from network.library.models import CHECK_STATES, Guide, GuideCoAuthor
from network.library.queries.visible import visible_to
from network.organisations.models import Organisation
from network.people.models import Person
from network.subjects.viewer import Viewer
from network.subjects.visibility import in_readable_group

LONG_AGO = date(1, 1, 1)


class Mine(NamedTuple):
    """A guide that the viewer answers for, or helps with.

    `urgency` is a key of URGENCIES; `whose` names the owner, empty for one's own.
    """

    id: int
    slug: str
    title: str
    kind: str
    language: str
    use_count: int
    checked_at: datetime | None
    check_due: date | None
    urgency: str
    whose: str
    muted: bool


class Withdrawn(NamedTuple):
    """A guide that its owner may put back."""

    slug: str
    title: str
    at: datetime


URGENCIES = {
    **{state: CHECK_STATES[state] for state in ("flagged", "overdue", "due", "unchecked")},
    "next": "In date",
    "superseded": "Superseded",
}


def my_checks(viewer: Viewer, *, limit: int, offset: int = 0) -> tuple[list[Mine], int]:
    """A page of what the viewer answers for and may read, the most urgent first, and how many there are."""
    mine = and_(visible_to(viewer), Guide.id.in_(_answered_by(viewer)))
    urgency, order = _urgency(today())
    muted = exists().where(CareMute.guide_id == Guide.id, CareMute.person_id == viewer.person_id)
    whose = case(
        (Guide.owner_person_id == viewer.person_id, ""),
        else_=func.coalesce(Person.credit, Person.name, Group.name, Organisation.name),
    )
    rows = db.session.execute(
        select(
            Guide.id,
            Guide.slug,
            Guide.title,
            Guide.kind,
            Guide.language,
            Guide.use_count,
            Guide.checked_at,
            Guide.check_due,
            urgency,
            whose,
            muted,
        )
        .outerjoin(Person, Person.id == Guide.owner_person_id)
        .outerjoin(Group, Group.id == Guide.owner_group_id)
        .outerjoin(Organisation, Organisation.id == Guide.owner_organisation_id)
        .where(mine)
        .order_by(order, func.coalesce(Guide.check_due, LONG_AGO), Guide.id)
        .limit(limit)
        .offset(offset)
    ).all()
    total = db.session.scalar(select(func.count()).select_from(Guide).where(mine)) or 0
    return [Mine._make((*row[:-1], bool(row[-1]))) for row in rows], total


def my_withdrawn(viewer: Viewer, limit: int) -> list[Withdrawn]:
    """What the viewer may put back as its owner, the last withdrawn first."""
    rows = db.session.execute(
        select(Guide.slug, Guide.title, Guide.withdrawn_at)
        .where(
            Guide.state == "withdrawn",
            or_(Guide.owner_person_id == viewer.person_id, Guide.owner_group_id.in_(sorted(viewer.facilitated_ids))),
            in_readable_group(Guide.group_id, viewer),
        )
        .order_by(Guide.withdrawn_at.desc(), Guide.id.desc())
        .limit(limit)
    )
    return [Withdrawn._make(row) for row in rows]


def _answered_by(viewer: Viewer) -> Select[int]:
    """Four looks into indexes; one condition with OR would have to go through all guides."""
    me = viewer.person_id
    return select(
        union(
            select(Guide.id).where(Guide.owner_person_id == me),
            select(Guide.id).where(Guide.owner_group_id.in_(sorted(viewer.facilitated_ids))),
            select(Guide.id).where(Guide.author_id == me),
            select(GuideCoAuthor.guide_id).where(GuideCoAuthor.person_id == me),
        ).subquery()
    )


def _urgency(day: date) -> tuple[ColumnElement[str], ColumnElement[int]]:
    """In words, and as the place in URGENCIES."""
    when: Sequence[tuple[ColumnElement[bool], str]] = (
        (Guide.superseded_by_id.is_not(None), "superseded"),
        (Guide.flagged_at.is_not(None), "flagged"),
        (Guide.check_due < day, "overdue"),
        (Guide.check_due <= day + SOON, "due"),
        (Guide.checked_at.is_(None), "unchecked"),
    )
    places = list(URGENCIES)
    return case(*when, else_="next"), case(
        *((condition, places.index(word)) for condition, word in when), else_=places.index("next")
    )
