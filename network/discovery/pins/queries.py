"""Reading what moderators decided: from memory, because every search asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import aliased

from network.core.clock import now
from network.core.db import db
from network.core.kept import Kept
from network.core.text.folding import folded
from network.discovery.pins.models import FIRST, WITHOUT, SearchPin
from network.people.models import Person

SHOWN_AFTER_END = timedelta(days=90)

_NO_REASONS: Mapping[str, str] = MappingProxyType({})


class Decided(NamedTuple):
    """For one search: keys that stand first, in order, keys that are left out, and why, by key."""

    first: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()
    reasons: Mapping[str, str] = _NO_REASONS


class Decision(NamedTuple):
    """One decision as the moderators' list shows it."""

    id: int
    phrase: str
    key: str
    kind: str
    reason: str
    made_by: str
    made_at: datetime
    ends_at: datetime
    ended_by: str
    ended_at: datetime | None

    @property
    def running(self) -> bool:
        """Does it hold now?"""
        return self.ended_at is None and self.ends_at > now()


class _Held(NamedTuple):
    key: str
    kind: str
    reason: str
    ends_at: datetime


def _read() -> Mapping[str, tuple[_Held, ...]]:
    rows = db.session.execute(
        select(SearchPin.folded, SearchPin.key, SearchPin.kind, SearchPin.reason, SearchPin.ends_at)
        .where(*in_force())
        .order_by(SearchPin.folded, SearchPin.position, SearchPin.id)
    ).all()
    by_phrase = groupby(sorted(rows, key=lambda row: row.folded), key=lambda row: row.folded)
    return {phrase: tuple(_Held(*row[1:]) for row in under) for phrase, under in by_phrase}


PINS: Kept[Mapping[str, tuple[_Held, ...]]] = Kept("pins", _read)


def decided(text: str) -> Decided:
    """What holds for a search now. A decision ends by itself when its time has come."""
    held = PINS.value().get(folded(text), ())
    moment = now()
    running = [one for one in held if one.ends_at > moment]
    if not running:
        return Decided()
    return Decided(
        first=tuple(dict.fromkeys(one.key for one in running if one.kind == FIRST)),
        without=frozenset(one.key for one in running if one.kind == WITHOUT),
        reasons={one.key: one.reason for one in running},
    )


def in_force() -> tuple[ColumnElement[bool], ...]:
    """Conditions of a decision that holds now."""
    return (SearchPin.ended_at.is_(None), SearchPin.ends_at > now())


_maker, _ender = aliased(Person), aliased(Person)
_ROWS = (
    select(
        SearchPin.id,
        SearchPin.phrase,
        SearchPin.key,
        SearchPin.kind,
        SearchPin.reason,
        _maker.name.label("made_by"),
        SearchPin.made_at,
        SearchPin.ends_at,
        _ender.name.label("ended_by"),
        SearchPin.ended_at,
    )
    .outerjoin(_maker, _maker.id == SearchPin.made_by_id)
    .outerjoin(_ender, _ender.id == SearchPin.ended_by_id)
    .order_by(SearchPin.folded, SearchPin.kind, SearchPin.position, SearchPin.id)
)


def decisions() -> Sequence[Decision]:
    """Those that hold, and those that ended in the last 90 days, by search."""
    since = now() - SHOWN_AFTER_END
    recent = or_(SearchPin.ended_at > since, SearchPin.ended_at.is_(None))
    return [_decision(row) for row in db.session.execute(_ROWS.where(SearchPin.ends_at > since, recent))]


def decision(pin_id: int) -> Decision | None:
    """One of them, in force or not."""
    row = db.session.execute(_ROWS.where(SearchPin.id == pin_id)).one_or_none()
    return _decision(row) if row else None


def _decision(row: Any) -> Decision:
    return Decision(*row)._replace(made_by=row.made_by or "", ended_by=row.ended_by or "")
