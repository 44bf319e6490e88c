"""How a guide ends: another takes its place, or it is withdrawn with a reason."""

from __future__ import annotations

from datetime import datetime

from network.audit.actions import record
from network.core.clock import now
from network.core.db import db
from network.core.events import publish
from network.library.actions import rows
from network.library.events import GUIDE, GuideSuperseded, GuideWithdrawn
from network.library.models import Guide
from network.library.rules import may_check, may_read, may_withdraw
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
    require(may_withdraw(viewer, rows.standing(guide)), "Only its owner can withdraw this guide.")
    if successor_id is not None:
        _point(guide, successor_id, viewer)
    guide.state = "withdrawn"
    guide.withdrawn_at, guide.withdrawn_by, guide.withdrawn_reason = at or now(), viewer.person_id, reason
    guide.revision += 1
    record("guide.withdraw", actor_id=viewer.person_id, subject=GUIDE, subject_id=guide.id)
    publish(GuideWithdrawn(GUIDE, guide.id), urgent=True)
    return guide


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
