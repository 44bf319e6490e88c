"""What people change about their profile. Inside a transaction; nothing here commits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, or_, select

from network.attachments.actions import attach, detach
from network.attachments.pictures import Stored
from network.core.clock import now
from network.core.db import db
from network.core.events import publish
from network.core.stale import require_unchanged
from network.people.events import ProfileChanged
from network.people.handles import is_taken, well_formed
from network.people.joining import add_member, confirm, join, note_organisation
from network.people.models import FormerHandle, Person, PersonSkill
from network.people.queries import profile_words
from network.people.seeking import folded, sought_text
from network.people.vocabulary import HELP, INTEREST, Word
from network.subjects.registry import Refiled
from network.subjects.rules import require
from network.vocabulary.queries import topics_named

__all__ = [
    "add_member",
    "change_handle",
    "confirm",
    "join",
    "remove_photo",
    "rename_skills",
    "require_profile_unchanged",
    "set_former_handles",
    "set_organisation",
    "set_photo",
    "set_skills",
    "update_profile",
]


def require_profile_unchanged(person_id: int, base: str) -> None:
    """Lock the profile. Raises ChangedMeanwhile unless `base` is the fingerprint of what is stored."""
    db.session.get_one(Person, person_id, with_for_update=True, populate_existing=True)
    require_unchanged(base, profile_words(person_id))


def update_profile(
    person_id: int,
    *,
    name: str | None = None,
    job_title: str | None = None,
    place: str | None = None,
    about: str | None = None,
    about_html: str | None = None,
    asks_a_month: int | None = None,
    show_email: bool | None = None,
    at: datetime | None = None,
) -> Person:
    """Change what is given and leave the rest. `about` is Markdown and comes with its rendering, `about_html`."""
    given = {
        "name": name,
        "job_title": job_title,
        "place": place,
        "about": about,
        "about_html": about_html,
        "asks_a_month": asks_a_month,
        "show_email": show_email,
    }
    person = db.session.get_one(Person, person_id)
    for field, value in given.items():
        if value is not None:
            setattr(person, field, value)
    _changed(person, at)
    return person


def set_organisation(person_id: int, organisation_id: int | None, *, allowed: Sequence[int]) -> None:
    """Choose among the organisations of one's confirmed address, or none."""
    require(organisation_id is None or organisation_id in allowed, "Your email address does not belong to it.")
    person = db.session.get_one(Person, person_id)
    if person.organisation_id == organisation_id:
        return
    before, person.organisation_id = person.organisation_id, organisation_id
    person.organisation_confirmed = organisation_id is not None
    note_organisation(person, before)
    _changed(person, None)


def set_skills(
    person_id: int, *, can_help_with: Sequence[str], interests: Sequence[str], at: datetime | None = None
) -> None:
    """Replace both lists. Each entry is a topic by name, slug or alias, or a word of the person's own."""
    db.session.execute(delete(PersonSkill).where(PersonSkill.person_id == person_id))
    topics = topics_named(folded)
    for kind, words in ((HELP, can_help_with), (INTEREST, interests)):
        chosen: dict[str, Word] = {}
        for word in words:
            topic = topics.get(folded(word))
            found = Word(topic.id, topic.name) if topic else Word(None, word)
            chosen.setdefault(folded(found.word), found)
        db.session.add_all(
            PersonSkill(person_id=person_id, kind=kind, topic_id=one.topic_id, word=one.word, position=position)
            for position, one in enumerate(chosen.values())
        )
    db.session.flush()
    _changed(db.session.get_one(Person, person_id), at)


def rename_skills(topic_id: int, *, into_id: int, name: str) -> None:
    """What people said of a topic they say of another, or of the same under this name: each of them once."""
    rows = db.session.scalars(select(PersonSkill).where(PersonSkill.topic_id == topic_id)).all()
    for row in rows:
        same = or_(PersonSkill.topic_id == into_id, PersonSkill.word == name)
        there = (PersonSkill.person_id == row.person_id, PersonSkill.kind == row.kind, PersonSkill.id != row.id)
        db.session.execute(delete(PersonSkill).where(*there, same))
        row.topic_id, row.word = into_id, name
    db.session.flush()
    for person_id in sorted({row.person_id for row in rows}):
        person = db.session.get_one(Person, person_id)
        person.sought = _sought(person)
        person.revision += 1
        publish(Refiled("person", person_id))


def change_handle(person_id: int, handle: str) -> None:
    """Move the profile to another address; the old one leads there until its owner ends that."""
    person = db.session.get_one(Person, person_id)
    if handle == person.handle:
        return
    require(well_formed(handle) and not is_taken(handle, by_other_than=person_id), "This address is not free.")
    db.session.execute(delete(FormerHandle).where(FormerHandle.handle == handle))
    db.session.add(FormerHandle(handle=person.handle, person_id=person_id))
    person.handle = handle
    _changed(person, None)


def set_former_handles(person_id: int, leading_on: Sequence[str]) -> None:
    """Which of the person's old addresses still lead to the profile."""
    for row in db.session.scalars(select(FormerHandle).where(FormerHandle.person_id == person_id)):
        row.leads_on = row.handle in leading_on


def set_photo(person_id: int, stored: Stored) -> None:
    """Show this picture; the one before goes."""
    person = db.session.get_one(Person, person_id)
    if person.photo:
        detach(person.photo)
    attach(stored, subject="person", subject_id=person_id, uploaded_by=person_id)
    person.photo = stored.name
    _changed(person, None)


def remove_photo(person_id: int) -> None:
    """Show initials again."""
    person = db.session.get_one(Person, person_id)
    if person.photo:
        detach(person.photo)
        person.photo = None
        _changed(person, None)


def _sought(person: Person) -> str:
    words = select(PersonSkill.word).where(PersonSkill.person_id == person.id).order_by(func.lower(PersonSkill.word))
    return sought_text(person, db.session.scalars(words))


def _changed(person: Person, at: datetime | None) -> None:
    person.sought = _sought(person)
    person.updated_at = at or now()
    person.revision += 1
    publish(ProfileChanged("person", person.id))
