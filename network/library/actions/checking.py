"""Checking: somebody who answers for a guide says that the whole of it is still right, or that it is not.

A check is apart from editing. It asks whether facts and links are still true and whether the advice is still what
they would give; only two times yes moves the dates.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import case, or_, select, update

from network.audit.actions import record
from network.core.clock import now
from network.core.db import db
from network.core.events import publish
from network.library.actions import rows
from network.library.checking.models import GuideCheck
from network.library.checks import SOON, own_period, today, usual_due, zone
from network.library.events import GUIDE, GuideChecked, GuideCheckTurned
from network.library.flags.actions import Answer, answer_by_check, mark_for_mending
from network.library.models import Guide
from network.library.rules import may_check
from network.subjects.rules import require
from network.subjects.viewer import Viewer

REFUSAL = "Only its owner and authors can check this guide."


class NewerVersion(Exception):
    """Somebody changed the guide after the version that was looked through."""


def check(
    *,
    viewer: Viewer,
    guide_id: int,
    months: int | None = None,
    next_due: date | None = None,
    answers: Mapping[int, Answer] | None = None,
    base: int | None = None,
    at: datetime | None = None,
) -> Guide:
    """Facts and advice are still right on the day of `at`.

    `base` is the version that was looked through, None asks nothing. Raises NewerVersion when it is not the newest.
    The next check is due on `next_due`, else after `months`, which the guide keeps as its own period, else after
    the period that it has. `answers` has one for each open flag of a reader. Raises FlagsWait.
    """
    guide = rows.guide_to_change(guide_id)
    require(may_check(viewer, rows.standing(guide)), REFUSAL)
    _same_version(guide, base)
    moment = at or now()
    if months is not None:
        guide.check_months = own_period(guide.kind, months)
    guide.checked_at, guide.checked_by = moment, viewer.person_id
    guide.check_due = next_due or usual_due(guide.kind, moment.astimezone(zone()).date(), guide.check_months)
    answer_by_check(guide, viewer, answers or {}, moment)
    _keep(guide, viewer, moment, facts=True, advice=True)
    rows.set_check_state(guide)
    guide.revision += 1
    record("guide.check", actor_id=viewer.person_id, subject=GUIDE, subject_id=guide.id)
    publish(GuideChecked(GUIDE, guide.id))
    return guide


def doubt(
    *,
    viewer: Viewer,
    guide_id: int,
    facts: bool,
    advice: bool,
    wrong: str = "",
    base: int | None = None,
    at: datetime | None = None,
) -> Guide:
    """Not all of it is right any more: the dates stay. With words for what is `wrong` readers see what needs work.

    Raises NewerVersion, as `check` does.
    """
    guide = rows.guide_to_change(guide_id)
    require(may_check(viewer, rows.standing(guide)), REFUSAL)
    _same_version(guide, base)
    require(not (facts and advice), "A guide that is right in both is checked.")
    moment = at or now()
    _keep(guide, viewer, moment, facts=facts, advice=advice)
    record("guide.doubt", actor_id=viewer.person_id, subject=GUIDE, subject_id=guide.id, facts=facts, advice=advice)
    if wrong:
        mark_for_mending(guide, viewer, wrong, moment)
    return guide


def _same_version(guide: Guide, base: int | None) -> None:
    if base is not None and base != guide.version:
        raise NewerVersion


def _keep(guide: Guide, viewer: Viewer, at: datetime, *, facts: bool, advice: bool) -> None:
    db.session.add(
        GuideCheck(
            guide_id=guide.id,
            person_id=viewer.person_id,
            at=at,
            version=guide.version,
            facts_right=facts,
            advice_right=advice,
            next_due=guide.check_due if facts and advice else None,
        )
    )


def turn_check_states(limit: int = 500) -> int:
    """Scheduled: keep what the dates say by now of guides whose day has come; returns how many turned.

    At most `limit` at once, so that the write lock is never held for long; the next round takes the rest.
    """
    day = today()
    says = case(
        (Guide.flagged_at.is_not(None), "flagged"),
        (Guide.check_due < day, "overdue"),
        (Guide.check_due <= day + SOON, "due"),
        (Guide.checked_at.is_(None), "unchecked"),
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
