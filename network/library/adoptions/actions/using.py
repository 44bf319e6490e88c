"""Saying that a guide is used, that it no longer is, and taking one's name off."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import delete, select

from network.audit.actions import record
from network.core.clock import now
from network.core.db import db
from network.core.once import add_once
from network.library.actions import rows
from network.library.adoptions.actions.rows import NOT_A_REPORTER, in_three_months, report_of, set_result, to_amend
from network.library.adoptions.counting import keep_numbers
from network.library.adoptions.earlier import forget, make_way
from network.library.adoptions.hiding import write
from network.library.adoptions.models import OPEN_RESULTS, Adoption, AdoptionReporter
from network.library.adoptions.notices import tell_colleagues
from network.library.adoptions.rules import may_take_name_off, may_use, speaks_for
from network.library.checks import today, zone
from network.library.events import GUIDE
from network.library.models import Guide
from network.organisations.models import Organisation
from network.subjects.rules import require
from network.subjects.viewer import Viewer


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
    _report(adoption, guide, person_id, moment)
    record("guide.use", actor_id=viewer.person_id, subject=GUIDE, subject_id=guide_id)
    keep_numbers(guide)
    return adoption


def bring(*, viewer: Viewer, guide_id: int) -> None:
    """What the viewer reported before they had an organisation becomes that of the organisation."""
    guide = rows.guide_to_change(guide_id)
    adoption = _of(viewer, guide_id)
    if adoption is not None:
        _report(adoption, guide, viewer.person_id or 0, now())
        adoption.revision += 1
        keep_numbers(guide)


def stop(*, viewer: Viewer, adoption_id: int, on: date | None = None) -> Adoption:
    """They use it no longer, since a day. What they said of it stays; colleagues who said so too hear of it.

    Raises NotAllowed.
    """
    guide, adoption = to_amend(viewer, adoption_id)
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
    forget(adoption_id, viewer.person_id)
    if gone:
        db.session.delete(adoption)
    else:
        _unsay(adoption, viewer)
    record("guide.use_withdraw", actor_id=viewer.person_id, subject=GUIDE, subject_id=guide.id)
    keep_numbers(guide)
    return gone


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
            make_way(ours, viewer.person_id, now())
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


def _report(adoption: Adoption, guide: Guide, person_id: int, moment: datetime) -> None:
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
