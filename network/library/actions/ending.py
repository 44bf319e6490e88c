"""How a guide ends: another takes its place, or it is withdrawn with a reason, and perhaps put back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from network.audit.actions import record
from network.core.clock import now
from network.core.db import db
from network.core.events import publish
from network.library.actions import rows
from network.library.checking.models import GuideTurn
from network.library.events import GUIDE, GuideRestored, GuideSuperseded, GuideWithdrawn
from network.library.flags.actions import close_withdrawn
from network.library.models import Guide
from network.library.rules import may_check, may_read, may_restore, may_withdraw, owns
from network.subjects.rules import require
from network.subjects.viewer import Viewer


class NotASuccessor(Exception):
    """The guide named cannot take the place of this one; the message says why."""


def supersede(*, viewer: Viewer, guide_id: int, by_id: int | None) -> Guide:
    """Point to the guide that replaces this one; None takes the pointer away. Raises NotASuccessor, NotAllowed."""
    guide = rows.guide_to_change(guide_id)
    require(may_check(viewer, rows.standing(guide)), "Only its owner and authors can say what replaces this guide.")
    _point(guide, by_id, viewer)
    guide.revision += 1
    record("guide.supersede", actor_id=viewer.person_id, subject=GUIDE, subject_id=guide.id, by=by_id)
    publish(GuideSuperseded(GUIDE, guide.id))
    return guide


def withdraw(
    *, viewer: Viewer, guide_id: int, reason: str, successor_id: int | None = None, at: datetime | None = None
) -> Guide:
    """Take the guide away.

    Its address says so, with the reason and what replaces it. Raises NotASuccessor, NotAllowed.
    """
    guide = rows.guide_to_change(guide_id)
    known, moment = rows.standing(guide), at or now()
    require(may_withdraw(viewer, known), "Only its owner can withdraw this guide.")
    require(bool(reason), "A guide is withdrawn with a reason.")
    if successor_id is not None:
        _point(guide, successor_id, viewer)
    guide.state = "withdrawn"
    guide.withdrawn_at, guide.withdrawn_by, guide.withdrawn_reason = moment, viewer.person_id, reason
    _turn(guide, "withdrawn", viewer, moment, text=reason, as_administrator=not owns(viewer, known))
    close_withdrawn(guide, viewer, reason, moment)
    guide.revision += 1
    record("guide.withdraw", actor_id=viewer.person_id, subject=GUIDE, subject_id=guide.id)
    publish(GuideWithdrawn(GUIDE, guide.id), urgent=True)
    return guide


def restore_withdrawn(*, viewer: Viewer, guide_id: int, at: datetime | None = None) -> Guide:
    """Put a withdrawn guide back at its address. It is no check, and that it was gone stays in its record."""
    guide = rows.guide_to_change(guide_id)
    allowed = may_restore(viewer, rows.standing(guide), by_administrator=by_administrator(guide_id))
    require(allowed, "Only its owner can put this guide back, or an administrator if one withdrew it.")
    guide.state = "published"
    guide.withdrawn_at, guide.withdrawn_by, guide.withdrawn_reason = None, None, ""
    guide.superseded_by_id = None  # It stands for itself again; who puts it back may name one anew.
    _turn(guide, "restored", viewer, at or now())
    rows.set_check_state(guide)
    guide.revision += 1
    record("guide.restore", actor_id=viewer.person_id, subject=GUIDE, subject_id=guide.id)
    publish(GuideRestored(GUIDE, guide.id))
    return guide


def by_administrator(guide_id: int) -> bool:
    """Was the last withdrawal of the guide an administrator's doing, and not its owner's?"""
    last = (
        select(GuideTurn.as_administrator)
        .where(GuideTurn.guide_id == guide_id, GuideTurn.kind == "withdrawn")
        .order_by(GuideTurn.at.desc(), GuideTurn.id.desc())
        .limit(1)
    )
    return bool(db.session.scalar(last))


def _turn(
    guide: Guide, kind: str, viewer: Viewer, at: datetime, *, text: str = "", as_administrator: bool = False
) -> None:
    db.session.add(
        GuideTurn(
            guide_id=guide.id,
            kind=kind,
            person_id=viewer.person_id,
            at=at,
            text=text,
            as_administrator=as_administrator,
        )
    )


def _point(guide: Guide, by_id: int | None, viewer: Viewer) -> None:
    """Set the successor.

    Following pointers from it must not lead back here, or readers would be sent in a circle.
    """
    after = by_id
    for step in range(50):
        if after is None:
            break
        if after == guide.id:
            raise NotASuccessor("A guide cannot take its own place" if step == 0 else "That one is replaced by this")
        row = db.session.get_one(Guide, after)
        if step == 0 and (row.state != "published" or not may_read(viewer, rows.standing(row))):
            raise NotASuccessor("Choose a guide that is published")
        after = row.superseded_by_id
    guide.superseded_by_id = by_id
