"""The record of a guide: its checks, and what became of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import (
    Select,
    literal,
    select,
    union_all,
)

from network.core.db import db
from network.library.checking.models import GuideCheck, GuideTurn
from network.people.models import Person
from network.people.queries import credited


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
        select(*(column for column in both.c if column.name not in ("person_id", "id")), credited())
        .outerjoin(Person, Person.id == both.c.person_id)
        .order_by(both.c.at.desc(), both.c.id.desc())
        .limit(limit)
    )
    return [Line(r[0], r[1], r[-1] or "", r[2], bool(r[3]), bool(r[4]), r[5], r[6]) for r in rows]


class Absence(NamedTuple):
    """A guide was withdrawn, or put back. `text` is the reason."""

    kind: str
    at: datetime
    text: str


def absences_of(guide_id: int) -> list[Absence]:
    """When a guide was withdrawn and put back, the newest first."""
    rows = db.session.execute(
        select(GuideTurn.kind, GuideTurn.at, GuideTurn.text)
        .where(GuideTurn.guide_id == guide_id, GuideTurn.kind.in_(("withdrawn", "restored")))
        .order_by(GuideTurn.at.desc(), GuideTurn.id.desc())
    )
    return [Absence._make(row) for row in rows]
