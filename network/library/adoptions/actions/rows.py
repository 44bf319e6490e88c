"""What acts on adoptions share: the locked rows, what the rules ask, and a result with the day of the next question."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from network.core.db import db
from network.library.actions import rows
from network.library.adoptions.models import OPEN_RESULTS, TOO_EARLY, Adoption, AdoptionReporter
from network.library.adoptions.rules import Report, may_amend
from network.library.checks import add_months, zone
from network.library.models import Guide
from network.subjects.rules import require
from network.subjects.viewer import Viewer

ASK_AFTER_MONTHS = 3
NOT_A_REPORTER = "Say first that you use this guide. Then you can say how it went."


def set_result(adoption: Adoption, result: str, moment: datetime) -> None:
    """Keep a result. Whoever says that it is too early is asked again in three months."""
    if result not in OPEN_RESULTS:
        adoption.ask_at = adoption.asked_at = None
    elif result == TOO_EARLY and (adoption.result != TOO_EARLY or adoption.ask_at is None):
        adoption.ask_at, adoption.asked_at = in_three_months(moment), None
    adoption.result = result
    adoption.updated_at = moment
    adoption.revision += 1


def in_three_months(moment: datetime) -> datetime:
    """The same time of day, three months later."""
    local = moment.astimezone(zone())
    return datetime.combine(add_months(local.date(), ASK_AFTER_MONTHS), local.timetz())


def report_of(adoption: Adoption) -> Report:
    """What the rules ask of it."""
    reporters = db.session.scalars(
        select(AdoptionReporter.person_id).where(AdoptionReporter.adoption_id == adoption.id)
    )
    return Report(adoption.organisation_id, adoption.alone_id, frozenset(reporters))


def to_amend(viewer: Viewer, adoption_id: int) -> tuple[Guide, Adoption]:
    """The guide and the adoption, locked, for somebody who may change it. Raises NotAllowed."""
    guide_id = db.session.scalars(select(Adoption.guide_id).where(Adoption.id == adoption_id)).one()
    guide = rows.guide_to_change(guide_id)
    adoption = db.session.get_one(Adoption, adoption_id, with_for_update=True, populate_existing=True)
    require(may_amend(viewer, rows.standing(guide), report_of(adoption)), NOT_A_REPORTER)
    return guide, adoption
