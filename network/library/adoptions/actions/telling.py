"""Saying how it went: on the page, or as the answer that a mail asked for."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select

from network.audit.actions import record
from network.core.clock import now
from network.core.db import db
from network.groups.viewers import viewer_of
from network.library.actions import rows
from network.library.adoptions.actions.rows import report_of, set_result, to_amend
from network.library.adoptions.counting import keep_numbers
from network.library.adoptions.earlier import make_way
from network.library.adoptions.hiding import write
from network.library.adoptions.models import RESULTS, Adoption, AdoptionReporter
from network.library.adoptions.rules import may_amend
from network.library.events import GUIDE
from network.library.models import Guide
from network.subjects.viewer import Viewer


class AdoptionChanged(Exception):
    """A colleague saved something else since the form was shown."""


class Told(NamedTuple):
    """How it went, in whose words. `month` is the first day of the month in which the use began."""

    result: str
    text: str
    month: date
    may_be_asked: bool


def tell(
    *,
    viewer: Viewer,
    adoption_id: int,
    told: Told,
    base: int | None = None,
    at: datetime | None = None,
) -> Adoption:
    """Say how it went. `base` is the revision that the form showed; None asks nothing.

    What a colleague said before is kept beside it. Raises AdoptionChanged when a colleague was quicker, NotAllowed.
    """
    guide, adoption = to_amend(viewer, adoption_id)
    if told.result not in ("", *RESULTS):
        raise ValueError(told.result)
    if base is not None and base != adoption.revision:
        raise AdoptionChanged
    moment = at or now()
    make_way(adoption, viewer.person_id, moment)
    write(adoption, told.text)
    adoption.month = told.month.replace(day=1)
    adoption.told_by = viewer.person_id
    mine = db.session.get_one(AdoptionReporter, (adoption_id, viewer.person_id))
    mine.may_be_asked = told.may_be_asked
    set_result(adoption, told.result, moment)
    keep_numbers(guide)
    return adoption


def answer(*, adoption_id: int, person_id: int, asked_at: datetime, result: str) -> bool:
    """Take the one answer that a mail asked for; False when it was given meanwhile or is asked for no more.

    It takes the place of what a colleague said, which is kept beside it. The signed link says who it is. They must
    still be what they were when they were asked: a member who may read the guide and works where it is used.
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
    moment = now()
    if adoption.told_by != person_id:
        make_way(adoption, person_id, moment)
        write(adoption, "")
        adoption.told_by = person_id
    set_result(adoption, result, moment)
    record("guide.use_answer", actor_id=person_id, subject=GUIDE, subject_id=guide_id)
    keep_numbers(guide)
    return True


def may_answer(*, adoption_id: int, person_id: int) -> bool:
    """May whoever was asked still answer? Not after they were suspended, left, or went to work elsewhere."""
    adoption = db.session.get_one(Adoption, adoption_id)
    guide = db.session.get_one(Guide, adoption.guide_id)
    return may_amend(viewer_of(person_id), rows.standing(guide), report_of(adoption))
