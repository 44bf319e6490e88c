"""What people do about the care for guides beside checking: taking one over, and what the record keeps of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from network.audit.actions import record
from network.core.clock import now
from network.core.db import db
from network.core.events import publish
from network.library.actions import rows
from network.library.checking.answering import answered_for
from network.library.checking.models import GuideTurn
from network.library.events import GUIDE, GuideChanged
from network.library.models import Guide
from network.library.rules import Owner, may_take_over
from network.organisations.models import Organisation
from network.people.models import Person
from network.subjects.rules import require
from network.subjects.viewer import Viewer


def take_over(*, viewer: Viewer, guide_id: int, at: datetime | None = None) -> Guide:
    """Become the owner of a guide of one's organisation that nobody answers for any more. Raises NotAllowed."""
    guide = rows.guide_to_change(guide_id)
    known = rows.standing(guide)
    answered = known.owner.kind != "organisation" or answered_for(guide_id)
    allowed = may_take_over(viewer, known, answered_for=answered) and _confirmed(viewer)
    require(allowed, "Only people who work for the organisation that owns it can take this guide over.")
    organisation = db.session.get_one(Organisation, known.owner.id)
    rows.set_owner(guide, Owner("person", viewer.person_id or 0), viewer)
    guide.revision += 1
    text = f"from {organisation.name} to {viewer.name}"
    turn(guide.id, "taken-over", person_id=viewer.person_id, text=text, at=at or now())
    record(
        "guide.take-over", actor_id=viewer.person_id, subject=GUIDE, subject_id=guide.id, organisation=organisation.id
    )
    publish(GuideChanged(GUIDE, guide.id))
    return guide


def turn(guide_id: int, kind: str, *, person_id: int | None, text: str, at: datetime) -> None:
    """Keep in the guide's record what became of it."""
    db.session.add(GuideTurn(guide_id=guide_id, kind=kind, person_id=person_id, text=text, at=at))


def _confirmed(viewer: Viewer) -> bool:
    confirmed = select(Person.organisation_confirmed).where(Person.id == viewer.person_id)
    return bool(db.session.scalar(confirmed))
