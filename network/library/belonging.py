"""Where a guide was written, once that is known of its author: until then it says nothing of an organisation.

A guide keeps the organisation of its day. Who joined with an address of their own and only then confirmed one at work
had none on that day, and would have written for nobody for ever.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from network.core.db import db
from network.core.events import publish
from network.core.outbox import Message
from network.core.transaction import transaction
from network.library.events import GUIDE, GuideChanged
from network.library.models import Guide
from network.people.models import Person

CONSUMER = "library.belonging"


def follow(messages: Sequence[Message]) -> None:
    """Outbox consumer: what these people wrote and still own is of the organisation that they have now."""
    for message in messages:
        with transaction():
            _settle(message.payload["person_id"])


def _settle(person_id: int) -> None:
    organisation_id = db.session.scalar(select(Person.organisation_id).where(Person.id == person_id))
    theirs = (
        Guide.author_id == person_id,
        Guide.owner_person_id == person_id,
        Guide.organisation_id.is_(None),
        Guide.source_id.is_(None),  # What was imported was written elsewhere.
        Guide.state != "draft",
    )
    for guide in db.session.scalars(select(Guide).where(*theirs).order_by(Guide.id).with_for_update()).all():
        guide.organisation_id = organisation_id
        guide.revision += 1
        publish(GuideChanged(GUIDE, guide.id))
