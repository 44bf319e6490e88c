"""Reminders of checks: 30 days before, on the day, and weekly at most after that.

All guides of one person stand in one mail. A mail is written when one of them needs it: on the day of its check, or
else when nothing was written to that person for a week. So who looks after many guides does not hear of each. What
is told and the mail are kept together, so that nothing is told twice, whatever happens to the worker or its clock.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, select

from network.core.clock import now
from network.core.db import db
from network.core.transaction import transaction
from network.core.web.templating import local
from network.groups.viewers import viewer_of
from network.library import rules
from network.library.checking.answering import asked_about_each
from network.library.checking.models import CareMute, CheckReminder
from network.library.checking.notices import Due, mail_due
from network.library.checks import SOON, today
from network.library.models import Guide
from network.library.queries.found import standings
from network.library.queries.visible import visible_to
from network.people.models import Person

MORNING = 7
AT_A_TIME = 500
WEEK = timedelta(days=7)

Asked = dict[int, dict[int, bool]]
"""By person the guides that they are asked about, and whether they may check each."""


class Reminded(NamedTuple):
    """What somebody was told last about a guide: of which day, and when."""

    due: date
    sent_on: date


def remind() -> None:
    """Scheduled: in the morning of the place where this runs, and until the evening if the morning was missed."""
    if local(now()).hour < MORNING:
        return
    day = today()
    needed = _perhaps(_asked(day), day)
    db.session.rollback()
    for person_id, guides in needed.items():
        with transaction():
            _remind(person_id, guides, day)


def needs_mail(guides: Sequence[tuple[date, Reminded | None]], last: date | None, day: date) -> bool:
    """Should a mail be written today, about these (day of the check, what was told)? `last` is the newest mail.

    A mail that seems to be from the future was written by a clock that ran ahead: such a day counts as far away as
    it is, so that nobody is silenced until it comes.
    """
    if last == day:
        return False
    week_passed = last is None or abs(day - last) >= WEEK
    for due, told in guides:
        if told is None or told.due != due:
            if due <= day or week_passed:
                return True
        elif (told.sent_on < due <= day) or (due <= day and week_passed and abs(day - told.sent_on) >= WEEK):
            return True
    return False


def _remind(person_id: int, may_check: Mapping[int, bool], day: date) -> None:
    """Look at everything once more, and keep the mail together with what it tells."""
    db.session.get(Person, person_id, with_for_update=True)  # Two workers would both find nothing told yet.
    guides = _to_tell(person_id, may_check, day)
    for one in guides:
        db.session.merge(CheckReminder(person_id=person_id, guide_id=one.id, due=one.due, sent_on=day))
    if guides:
        mail_due(person_id, guides)


def _to_tell(person_id: int, may_check: Mapping[int, bool], day: date) -> list[Due]:
    """What a mail of this day would name, nothing when none is needed.

    `may_check` has the guides that this person is asked about, and whether they may check them: those who are only
    told because nobody is left may not.
    """
    viewer = viewer_of(person_id)
    if not viewer.signed_in:
        return []
    told = select(CheckReminder.guide_id, CheckReminder.due, CheckReminder.sent_on)
    known = {
        guide_id: Reminded(due, sent_on)
        for guide_id, due, sent_on in db.session.execute(told.where(CheckReminder.person_id == person_id))
    }
    muted = select(CareMute.guide_id).where(CareMute.person_id == person_id)
    rows = db.session.execute(
        select(Guide.id, Guide.title, Guide.slug, Guide.check_due, Guide.flagged_at.is_not(None))
        .where(Guide.id.in_(may_check), _waits(day), visible_to(viewer), Guide.id.not_in(muted))
        .order_by(Guide.check_due, Guide.id)
    )
    guides = [Due._make((*row, may_check[row[0]])) for row in rows]
    last = max((one.sent_on for one in known.values()), default=None)
    return guides if needs_mail([(one.due, known.get(one.id)) for one in guides], last, day) else []


def _asked(day: date) -> Asked:
    """Who is asked about which of the guides that wait, and whether they may check it."""
    asked: Asked = defaultdict(dict)
    waiting = db.session.scalars(select(Guide.id).where(_waits(day)).order_by(Guide.id)).all()
    for start in range(0, len(waiting), AT_A_TIME):
        known = standings(waiting[start : start + AT_A_TIME])
        for guide_id, viewers in asked_about_each(known).items():
            for viewer in viewers:
                asked[viewer.person_id or 0][guide_id] = rules.may_check(viewer, known[guide_id])
    return asked


def _perhaps(asked: Asked, day: date) -> Asked:
    """Those to whom there is something to tell, before each is looked at closely.

    Most hours have nothing to tell: only who needs a mail costs a transaction.
    """
    waiting = db.session.execute(select(Guide.id, Guide.check_due).where(_waits(day)))
    due = {guide_id: of for guide_id, of in waiting if of is not None}
    told = select(CheckReminder.person_id, CheckReminder.guide_id, CheckReminder.due, CheckReminder.sent_on)
    known = {
        (person_id, guide_id): Reminded(of, sent_on)
        for person_id, guide_id, of, sent_on in db.session.execute(told.join(Guide).where(_waits(day)))
    }
    newest = select(CheckReminder.person_id, func.max(CheckReminder.sent_on)).group_by(CheckReminder.person_id)
    last = dict(db.session.execute(newest).all())
    muted = {tuple(row) for row in db.session.execute(select(CareMute.person_id, CareMute.guide_id))}

    def to_tell(person_id: int) -> list[tuple[date, Reminded | None]]:
        heard = [guide_id for guide_id in asked[person_id] if (person_id, guide_id) not in muted]
        return [(due[guide_id], known.get((person_id, guide_id))) for guide_id in heard if guide_id in due]

    return {
        person_id: guides
        for person_id, guides in asked.items()
        if needs_mail(to_tell(person_id), last.get(person_id), day)
    }


def _waits(day: date) -> ColumnElement[bool]:
    """Published, replaced by nothing, and to be checked within 30 days."""
    return and_(Guide.state == "published", Guide.superseded_by_id.is_(None), Guide.check_due <= day + SOON)
