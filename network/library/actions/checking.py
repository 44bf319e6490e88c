"""Checking: somebody who answers for a guide says that the whole of it is still right."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import case, or_, select, update

from network.audit.actions import record
from network.core.clock import now
from network.core.db import db
from network.core.events import publish
from network.library.actions import rows
from network.library.checks import SOON, today, usual_due, zone
from network.library.events import GUIDE, GuideChecked, GuideCheckTurned
from network.library.models import Guide
from network.library.rules import may_check
from network.subjects.rules import require
from network.subjects.viewer import Viewer


def check(*, viewer: Viewer, guide_id: int, next_due: date | None = None, at: datetime | None = None) -> Guide:
    """The guide is still right on the day of `at`.

    Without `next_due` the next check is due after its kind's usual time.
    """
    guide = rows.guide_to_change(guide_id)
    require(may_check(viewer, rows.standing(guide)), "Only its owner and authors can check this guide.")
    guide.checked_at = at or now()
    guide.checked_by = viewer.person_id
    guide.check_due = next_due or usual_due(guide.kind, guide.checked_at.astimezone(zone()).date())
    rows.set_check_state(guide)
    guide.revision += 1
    record("guide.check", actor_id=viewer.person_id, subject=GUIDE, subject_id=guide.id)
    publish(GuideChecked(GUIDE, guide.id))
    return guide


def turn_check_states(limit: int = 500) -> int:
    """Scheduled: keep what the dates say by now of guides whose day has come; returns how many turned.

    At most `limit` at once, so that the write lock is never held for long; the next round takes the rest.
    """
    day = today()
    says = case(
        (Guide.check_due < day, "overdue"),
        (Guide.checked_at.is_(None), "unchecked"),
        (Guide.check_due <= day + SOON, "due"),
        else_="in-date",
    )
    turned = or_(Guide.check_due <= day + SOON + timedelta(days=1), Guide.check_state != "in-date")
    ids = list(
        db.session.scalars(
            select(Guide.id).where(Guide.state == "published", turned, Guide.check_state != says).limit(limit)
        )
    )
    if ids:
        values = {"check_state": says, "revision": Guide.revision + 1}
        db.session.execute(update(Guide).where(Guide.id.in_(ids)).values(values))
    for guide_id in ids:
        publish(GuideCheckTurned(GUIDE, guide_id))
    return len(ids)
