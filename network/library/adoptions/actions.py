"""Saying that a guide is used, how it went, that it no longer is, and taking that back."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import delete, select, update

from network.audit.actions import record
from network.core.clock import now
from network.core.db import db
from network.core.once import add_once
from network.groups.viewers import viewer_of
from network.library.actions import rows
from network.library.adoptions.counting import keep_numbers
from network.library.adoptions.hiding import write
from network.library.adoptions.models import OPEN_RESULTS, RESULTS, TOO_EARLY, Adoption, AdoptionReporter
from network.library.adoptions.notices import tell_colleagues
from network.library.adoptions.rules import Report, may_amend, may_take_name_off, may_use, speaks_for
from network.library.checks import add_months, today, zone
from network.library.events import GUIDE
from network.library.models import Guide
from network.organisations.models import Organisation
from network.subjects.rules import require
from network.subjects.viewer import Viewer

ASK_AFTER_MONTHS = 3
NOT_A_REPORTER = "Say first that you use this guide. Then you can say how it went."


class AdoptionChanged(Exception):
    """A colleague saved something else since the form was shown."""


class Told(NamedTuple):
    """How it went, in whose words. `month` is the first day of the month in which the use began."""

    result: str
    text: str
    month: date
    may_be_asked: bool


def use(*, viewer: Viewer, guide_id: int, month: date | None = None, at: datetime | None = None) -> Adoption:
    """The viewer's organisation uses this guide, or they do where they have none.

    A second colleague joins what the first one reported. One that had stopped goes on. Raises NotAllowed.
    """
    guide = rows.guide_to_change(guide_id)
    require(may_use(viewer, rows.standing(guide)), "You can say that you use what you can read.")
    moment = at or now()
    person_id = viewer.person_id or 0
    adoption = _of(viewer, guide_id) or _new(viewer, guide_id, month, moment)
    if adoption.stopped_on is not None:
        adoption.stopped_on = adoption.stopped_by = None
        adoption.revision += 1
        adoption.updated_at = moment
    if adoption.result in OPEN_RESULTS and adoption.ask_at is None and adoption.asked_at is None:
        adoption.ask_at = in_three_months(moment)
    db.session.flush()
    add_once(
        AdoptionReporter,
        adoption_id=adoption.id,
        person_id=person_id,
        may_be_asked=True,
        mails=True,
        told_version=guide.version,
        created_at=moment,
    )
    record("guide.use", actor_id=viewer.person_id, subject=GUIDE, subject_id=guide_id)
    keep_numbers(guide)
    return adoption


def tell(
    *,
    viewer: Viewer,
    adoption_id: int,
    told: Told,
    base: int | None = None,
    at: datetime | None = None,
) -> Adoption:
    """Say how it went. `base` is the revision that the form showed; None asks nothing.

    Raises AdoptionChanged when a colleague was quicker, NotAllowed.
    """
    guide, adoption = _to_amend(viewer, adoption_id)
    if told.result not in ("", *RESULTS):
        raise ValueError(told.result)
    if base is not None and base != adoption.revision:
        raise AdoptionChanged
    write(adoption, told.text)
    adoption.month = told.month.replace(day=1)
    adoption.told_by = viewer.person_id
    mine = db.session.get_one(AdoptionReporter, (adoption_id, viewer.person_id))
    mine.may_be_asked = told.may_be_asked
    set_result(adoption, told.result, at or now())
    keep_numbers(guide)
    return adoption


def answer(*, adoption_id: int, person_id: int, asked_at: datetime, result: str) -> bool:
    """Take the one answer that a mail asked for; False when it was given meanwhile or is asked for no more.

    It takes the place of what a colleague said. The signed link says who it is. They must still be what they were
    when they were asked: a member who may read the guide and works where it is used.
    """
    guide_id = db.session.scalar(select(Adoption.guide_id).where(Adoption.id == adoption_id))
    if guide_id is None or result not in RESULTS:
        return False
    guide = rows.guide_to_change(guide_id)
    adoption = db.session.get(Adoption, adoption_id, with_for_update=True, populate_existing=True)
    if adoption is None or adoption.asked_at != asked_at or guide.state != "published":
        return False
    if not may_amend(viewer_of(person_id), rows.standing(guide), report_of(adoption)):
        return False
    if adoption.told_by != person_id:
        write(adoption, "")
        adoption.told_by = person_id
    set_result(adoption, result, now())
    record("guide.use_answer", actor_id=person_id, subject=GUIDE, subject_id=guide_id)
    keep_numbers(guide)
    return True


def may_answer(*, adoption_id: int, person_id: int) -> bool:
    """May whoever was asked still answer? Not after they were suspended, left, or went to work elsewhere."""
    adoption = db.session.get_one(Adoption, adoption_id)
    guide = db.session.get_one(Guide, adoption.guide_id)
    return may_amend(viewer_of(person_id), rows.standing(guide), report_of(adoption))


def stop(*, viewer: Viewer, adoption_id: int, on: date | None = None) -> Adoption:
    """They use it no longer, since a day. What they said of it stays; colleagues who said so too hear of it.

    Raises NotAllowed.
    """
    guide, adoption = _to_amend(viewer, adoption_id)
    goes_on = adoption.stopped_on is None
    adoption.stopped_on, adoption.stopped_by = on or today(), viewer.person_id
    adoption.ask_at = adoption.asked_at = None
    adoption.updated_at = now()
    adoption.revision += 1
    record("guide.use_stop", actor_id=viewer.person_id, subject=GUIDE, subject_id=guide.id)
    keep_numbers(guide)
    if goes_on:
        tell_colleagues(adoption, guide, viewer.person_id or 0)
    return adoption


def withdraw(*, viewer: Viewer, adoption_id: int) -> bool:
    """Take one's name off what was reported; tells whether the report itself is gone.

    It is when nobody else reported it. Who works elsewhere by now does not take it away from those who are there.
    What somebody said goes with them, and so does that it stopped: nobody's words stand under another name.
    """
    adoption = db.session.get_one(Adoption, adoption_id)
    guide = rows.guide_to_change(adoption.guide_id)
    report = report_of(adoption)
    require(may_take_name_off(viewer, report), NOT_A_REPORTER)
    alone = len(report.reporter_ids) == 1
    gone = alone and (adoption.alone_id is not None or adoption.organisation_id == viewer.organisation_id)
    mine = (AdoptionReporter.adoption_id == adoption_id, AdoptionReporter.person_id == viewer.person_id)
    db.session.execute(delete(AdoptionReporter).where(*mine))
    if gone:
        db.session.delete(adoption)
    else:
        _unsay(adoption, viewer)
    record("guide.use_withdraw", actor_id=viewer.person_id, subject=GUIDE, subject_id=guide.id)
    keep_numbers(guide)
    return gone


def mute(*, adoption_id: int, person_id: int) -> None:
    """Write to this person about this use no more."""
    mine = (AdoptionReporter.adoption_id == adoption_id, AdoptionReporter.person_id == person_id)
    db.session.execute(update(AdoptionReporter).where(*mine).values(mails=False))


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


def _to_amend(viewer: Viewer, adoption_id: int) -> tuple[Guide, Adoption]:
    guide_id = db.session.scalars(select(Adoption.guide_id).where(Adoption.id == adoption_id)).one()
    guide = rows.guide_to_change(guide_id)
    adoption = db.session.get_one(Adoption, adoption_id, with_for_update=True, populate_existing=True)
    require(may_amend(viewer, rows.standing(guide), report_of(adoption)), NOT_A_REPORTER)
    return guide, adoption


def _of(viewer: Viewer, guide_id: int) -> Adoption | None:
    """The adoption that the viewer speaks for.

    Who has an organisation by now brings what they reported without one, unless their colleagues said more already.
    """
    mine = db.session.scalar(
        select(Adoption).where(Adoption.guide_id == guide_id, Adoption.alone_id == viewer.person_id)
    )
    if viewer.organisation_id is None:
        return mine
    ours = db.session.scalar(
        select(Adoption).where(Adoption.guide_id == guide_id, Adoption.organisation_id == viewer.organisation_id)
    )
    if mine is None:
        return ours
    if ours is not None:
        if not ours.text and ours.result in OPEN_RESULTS:
            ours.text, ours.result, ours.told_by = mine.text, mine.result, mine.told_by
            ours.hidden_by, ours.hidden_reason = mine.hidden_by, mine.hidden_reason
        db.session.delete(mine)
        return ours
    mine.alone_id, mine.organisation_id = None, viewer.organisation_id
    mine.organisation_name = _organisation_name(viewer.organisation_id)
    return mine


def _new(viewer: Viewer, guide_id: int, month: date | None, moment: datetime) -> Adoption:
    day = month or moment.astimezone(zone()).date()
    adoption = Adoption(guide_id=guide_id, month=day.replace(day=1), created_at=moment, updated_at=moment)
    if viewer.organisation_id is None:
        adoption.alone_id = viewer.person_id
    else:
        adoption.organisation_id = viewer.organisation_id
        adoption.organisation_name = _organisation_name(viewer.organisation_id)
    adoption.result = ""
    db.session.add(adoption)
    return adoption


def _unsay(adoption: Adoption, viewer: Viewer) -> None:
    """Take away what the viewer said. That those who work there stopped is not for who has left to undo."""
    moment = now()
    if adoption.stopped_by == viewer.person_id and speaks_for(viewer, report_of(adoption)):
        adoption.stopped_on = adoption.stopped_by = None
    if adoption.told_by == viewer.person_id:
        write(adoption, "")
        adoption.told_by = None
        set_result(adoption, "", moment)
    if adoption.result in OPEN_RESULTS and adoption.stopped_on is None and adoption.asked_at is None:
        adoption.ask_at = adoption.ask_at or in_three_months(moment)
    adoption.revision += 1


def _organisation_name(organisation_id: int) -> str:
    return db.session.scalars(select(Organisation.name).where(Organisation.id == organisation_id)).one()
