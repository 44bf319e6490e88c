"""Deciding what a search shows first or leaves out, and taking it back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from network.audit.actions import record
from network.core.clock import now
from network.core.db import db
from network.core.text.folding import folded
from network.discovery.pins.models import FIRST, SearchPin
from network.discovery.pins.queries import PINS, in_force
from network.discovery.pins.rules import ONLY, may_decide
from network.subjects.rules import require
from network.subjects.viewer import Viewer

MOST = {FIRST: 5, "without": 20}


class DecidedAlready(Exception):
    """This result is pinned or left out for this search already."""


class TooMany(Exception):
    """As many results are pinned or left out for this search as may be; `args[0]` says how many."""


def decide(*, viewer: Viewer, phrase: str, key: str, kind: str, reason: str, ends_at: datetime) -> SearchPin:
    """Pin a result to the end of those pinned, or leave it out. Raises DecidedAlready and TooMany."""
    require(may_decide(viewer), ONLY)
    others = _of(folded(phrase))
    if any(other.key == key for other in others):
        raise DecidedAlready(key)
    same = [other for other in others if other.kind == kind]
    if len(same) >= MOST[kind]:
        raise TooMany(MOST[kind])
    row = SearchPin(
        phrase=phrase,
        folded=folded(phrase),
        key=key,
        kind=kind,
        position=max((other.position for other in same), default=0) + 1,
        reason=reason,
        made_by_id=viewer.person_id,
        ends_at=ends_at,
    )
    db.session.add(row)
    db.session.flush()
    _tell("search.pin" if kind == FIRST else "search.leave_out", viewer, row)
    return row


def end(*, viewer: Viewer, pin_id: int) -> bool:
    """Let it hold no longer. False when it had ended already."""
    require(may_decide(viewer), ONLY)
    row = db.session.get(SearchPin, pin_id, with_for_update=True)
    if row is None or row.ended_at is not None or row.ends_at <= now():
        return False
    row.ended_at, row.ended_by_id = now(), viewer.person_id
    _tell("search.pin_end", viewer, row)
    return True


def move_up(*, viewer: Viewer, pin_id: int) -> bool:
    """Let a pinned result change places with the one above it. False when there is none."""
    require(may_decide(viewer), ONLY)
    row = db.session.get(SearchPin, pin_id, with_for_update=True)
    if row is None:
        return False
    pinned = [other for other in _of(row.folded) if other.kind == FIRST]
    if row not in pinned or pinned[0] is row:
        return False
    above = pinned[pinned.index(row) - 1]
    row.position, above.position = above.position, row.position
    _tell("search.pin_move", viewer, row)
    return True


def _of(phrase: str) -> list[SearchPin]:
    query = select(SearchPin).where(SearchPin.folded == phrase, *in_force())
    return list(db.session.scalars(query.order_by(SearchPin.position, SearchPin.id).with_for_update()))


def _tell(act: str, viewer: Viewer, row: SearchPin) -> None:
    record(act, actor_id=viewer.person_id, subject="search_pin", subject_id=row.id, key=row.key)
    PINS.changed()
