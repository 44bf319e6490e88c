"""A person's profile: what colleagues see of them, and what they chose. Their address for e-mail is never exported."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import select

from network.core.clock import now
from network.core.db import db
from network.core.web.addresses import absolute
from network.organisations.models import Organisation
from network.people.models import FormerHandle, Person
from network.people.queries import skills_of
from network.portability.stored import content_of
from network.portability.texts import Text, filled, time_of
from network.subjects.viewer import Viewer


def profile(viewer: Viewer) -> Iterator[Text]:
    """What they said of themselves, and their photo."""
    query = select(Person, Organisation.name).outerjoin(Organisation, Organisation.id == Person.organisation_id)
    person, organisation = db.session.execute(query.where(Person.id == viewer.person_id)).one()
    former = select(FormerHandle.handle).where(FormerHandle.person_id == person.id).order_by(FormerHandle.handle)
    helps, interests = skills_of(person.id)
    photo = f"photo.{person.photo.rpartition('.')[2]}" if person.photo else None
    fields = {
        "uuid": str(person.uuid),
        "name": person.name,
        "address": absolute(f"/people/{person.handle}"),
        "handle": person.handle,
        "former_handles": list(db.session.scalars(former)),
        "job_title": person.job_title,
        "organisation": organisation,
        "place": person.place,
        "about": person.about,
        "can_help_with": [skill.word for skill in helps],
        "interests": [skill.word for skill in interests],
        "photo": photo,
        "shows_email": person.show_email,
        "asks_a_month": person.asks_a_month,
        "joined": time_of(person.created_at),
        "changed": time_of(person.updated_at),
    }
    stored, at = person.photo, person.updated_at
    db.session.rollback()
    yield Text("profile.json", json.dumps(filled(fields), ensure_ascii=False, indent=1), at)
    if stored and (data := content_of(stored)) is not None:
        yield Text(str(photo), data, now())
