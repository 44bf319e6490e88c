"""What somebody answers for, by urgency, and the record of what was done for a guide."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
    union,
    union_all,
)

from network.core.db import db
from network.core.prepared import Prepared
from network.groups.models import Group
from network.library.checking.answering import somebody_answers
from network.library.checking.models import GuideCheck, GuideTurn, QuietGuide
from network.library.checks import SOON, today
from network.library.models import Guide, GuideCoAuthor
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
    checked_at: datetime | None
    check_due: date | None
    urgency: str
    whose: str
    quiet: bool


class Asked(NamedTuple):
    """A guide that waits for somebody: flagged since, or to be checked by a day."""

    title: str
    slug: str
    due: date | None
    flagged_at: datetime | None


class Withdrawn(NamedTuple):
    """A guide that its owner may put back."""

    slug: str
    title: str
    at: datetime


class Line(NamedTuple):
    """One line of a guide's record: "check", or a turn of its fate."""

    what: str
    at: datetime
    who: str
    version: int
    facts_right: bool
    advice_right: bool
    next_due: date | None
    text: str


URGENCIES = {
    "flagged": "Flagged as outdated",
    "overdue": "Check overdue",
    "due": "Check due within 30 days",
    "unchecked": "Not checked here yet",
    "next": "In date",
    "superseded": "Superseded",
}


def my_checks(viewer: Viewer, *, limit: int, offset: int = 0) -> tuple[list[Mine], int]:
    """A page of what the viewer answers for and may read, the most urgent first, and how many there are."""
    mine = and_(visible_to(viewer), Guide.id.in_(_answered_by(viewer)))
    urgency, order = _urgency(today())
    quiet = exists().where(QuietGuide.guide_id == Guide.id, QuietGuide.person_id == viewer.person_id)
    whose = case(
        (Guide.owner_person_id == viewer.person_id, ""), else_=func.coalesce(Person.name, Group.name, Organisation.name)
    )
    rows = db.session.execute(
        select(
            Guide.id,
            Guide.slug,
            Guide.title,
            Guide.kind,
            Guide.language,
            Guide.checked_at,
            Guide.check_due,
            urgency,
            whose,
            quiet,
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
    return [Mine._make((*row[:9], bool(row[9]))) for row in rows], total


def asked_of(viewer: Viewer, limit: int) -> list[Asked]:
    """What waits for the viewer as owner or for a group they facilitate: flagged ones, then the longest overdue.

    One in a closed group that they have left is for somebody else, and its title is not theirs to see.
    """
    rows = _asked(viewer.group_ids, viewer.facilitated_ids).rows(
        person_id=viewer.person_id, soon=today() + SOON, limit=limit
    )
    return [Asked._make(row) for row in rows]


@lru_cache(500)
def _asked(group_ids: frozenset[int], facilitated_ids: frozenset[int]) -> Prepared:
    """Kept, because putting a statement together costs more than running it."""
    waits = and_(Guide.check_due <= bindparam("soon"), Guide.superseded_by_id.is_(None))
    return Prepared(
        select(Guide.title, Guide.slug, Guide.check_due, Guide.flagged_at)
        .where(
            or_(
                Guide.owner_person_id == bindparam("person_id", type_=Integer),
                Guide.owner_group_id.in_(sorted(facilitated_ids)),
            ),
            Guide.state == "published",
            or_(waits, Guide.flagged_at.is_not(None)),
            in_readable_group(Guide.group_id, Viewer(group_ids=group_ids)),
        )
        .order_by(case((Guide.flagged_at.is_(None), 1), else_=0), Guide.check_due, Guide.id)
        .limit(bindparam("limit"))
    )


def left_alone(viewer: Viewer, limit: int) -> list[Asked]:
    """Guides of organisations that nobody answers for: those of the viewer's, for administrators of all."""
    if viewer.organisation_id is None and not viewer.is_administrator:
        return []
    theirs = [] if viewer.is_administrator else [Guide.owner_organisation_id == viewer.organisation_id]
    rows = db.session.execute(
        select(Guide.title, Guide.slug, Guide.check_due, Guide.flagged_at)
        .where(Guide.owner_organisation_id.is_not(None), visible_to(viewer), not_(somebody_answers()), *theirs)
        .order_by(Guide.check_due, Guide.id)
        .limit(limit)
    )
    return [Asked._make(row) for row in rows]


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


def record_of(guide_id: int, limit: int) -> list[Line]:
    """The newest lines of a guide's record."""
    checks: Select[*tuple[object, ...]] = select(
        literal("check").label("what"),
        GuideCheck.at.label("at"),
        GuideCheck.person_id.label("person_id"),
        GuideCheck.version,
        GuideCheck.facts_right,
        GuideCheck.advice_right,
        GuideCheck.next_due,
        literal("").label("text"),
        GuideCheck.id.label("id"),
    ).where(GuideCheck.guide_id == guide_id)
    turns = (
        select(
            GuideTurn.kind,
            GuideTurn.at,
            GuideTurn.person_id,
            literal(0),
            literal(False),
            literal(False),
            GuideCheck.next_due,
            GuideTurn.text,
            GuideTurn.id,
        )
        .outerjoin(GuideCheck, literal(False))
        .where(GuideTurn.guide_id == guide_id)
    )
    both = union_all(checks, turns).subquery()
    rows = db.session.execute(
        select(*(column for column in both.c if column.name not in ("person_id", "id")), Person.name)
        .outerjoin(Person, Person.id == both.c.person_id)
        .order_by(both.c.at.desc(), both.c.id.desc())
        .limit(limit)
    )
    return [Line(r[0], r[1], r[-1] or "", r[2], bool(r[3]), bool(r[4]), r[5], r[6]) for r in rows]


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
