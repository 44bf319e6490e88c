"""Who hears of a flag: at once those who are asked about the guide, and then who flagged it, of the answer.

What is told and the mark that it was are kept together. Whoever may no longer read the guide hears nothing, and whoever
uses a guide that is withdrawn hears of that once, with the reason and what replaces it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import select

from network.core.clock import now
from network.core.db import db
from network.core.mail.message import queue_mail
from network.core.mail.stopping import one_press
from network.core.outbox import Message
from network.core.transaction import transaction
from network.core.web.addresses import absolute
from network.groups.viewers import viewer_of
from network.library import rules
from network.library.adoptions.withdrawals import hears
from network.library.checking.answering import asked_about
from network.library.checking.stopping import is_muted, stop_address
from network.library.events import GuideFlagged
from network.library.flags.models import MENDED, STILL_RIGHT, WITHDRAWN, GuideFlag
from network.library.queries.found import FoundGuide, guide_by_id
from network.people.mailing import email_of
from network.people.models import Person

CONSUMER = "library.flags"
SUBJECTS = {
    MENDED: "“{title}” is put right",
    STILL_RIGHT: "“{title}” is still right, says its owner",
    WITHDRAWN: "“{title}” is withdrawn",
}


def follow(messages: Sequence[Message]) -> None:
    """Outbox consumer of flags and answers."""
    for message in messages:
        flagged = message.event == GuideFlagged.name
        with transaction():
            _follow(message.payload["flag_id"], _tell_owner if flagged else _tell_flagger)


def _follow(flag_id: int, tell: Callable[[GuideFlag, FoundGuide], None]) -> None:
    found = db.session.get(GuideFlag, flag_id, with_for_update=True, populate_existing=True)
    guide = guide_by_id(found.guide_id) if found is not None else None
    if found is not None and guide is not None:
        tell(found, guide)


def _tell_owner(found: GuideFlag, guide: FoundGuide) -> None:
    """At once, because it is addressed to them; not when they found it themselves, and not when it is answered."""
    if found.told_at is not None or found.answer or found.from_check:
        return
    found.told_at = now()
    for viewer in asked_about(guide.id, guide.standing):
        person_id = viewer.person_id or 0
        if person_id == found.person_id or is_muted(guide.id, person_id):
            continue
        stop = stop_address(person_id, [guide.id])
        queue_mail(
            email_of(person_id),
            f"Is “{guide.title}” out of date?",
            "library/flagged",
            headers=one_press(stop),
            who=_name(found.person_id),
            title=guide.title,
            reason=found.reason,
            of_organisation=guide.standing.owner.kind == "organisation",
            answers=rules.may_answer_flag(viewer, guide.standing),
            address=absolute(f"/library/{guide.slug}/flags"),
            stop=stop,
        )


def _tell_flagger(found: GuideFlag, guide: FoundGuide) -> None:
    if found.answer_told_at is not None or found.answer not in SUBJECTS or found.person_id is None:
        return
    found.answer_told_at = now()
    viewer = viewer_of(found.person_id)
    if not viewer.signed_in or not rules.may_know(viewer, guide.standing) or found.answered_by == found.person_id:
        return
    if found.answer == WITHDRAWN and guide.standing.state == "withdrawn" and hears(guide.id, found.person_id):
        return
    queue_mail(
        email_of(found.person_id),
        SUBJECTS[found.answer].format(title=guide.title),
        "library/flag_answered",
        who=_name(found.answered_by),
        reason=found.reason,
        how=found.answer,
        text=found.answer_text,
        address=absolute(f"/library/{guide.slug}"),
    )


def _name(person_id: int | None) -> str:
    """Somebody whose account stands is named; others are not."""
    if person_id is None or not viewer_of(person_id).signed_in:
        return "Somebody"
    return db.session.scalars(select(Person.name).where(Person.id == person_id)).one()
