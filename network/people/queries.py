"""Reading people. Who never confirmed their address or was deactivated is nowhere to be seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, case, func, null, select

from network.accounts.models import Account
from network.core.db import db
from network.core.prepared import Prepared
from network.organisations.models import Organisation
from network.people.models import FormerHandle, Person, PersonSkill
from network.people.vocabulary import HELP, INTEREST
from network.subjects.names import hue, initials
from network.subjects.viewer import Viewer
from network.vocabulary.models import Topic


class Skill(NamedTuple):
    """What somebody can help with or is interested in; `slug` is of a topic, empty for a word of their own."""

    word: str
    slug: str


class Profile(NamedTuple):
    """A person's public page. `email` is None unless its owner turned it on and the viewer is signed in."""

    id: int
    handle: str
    name: str
    job_title: str
    place: str
    about_html: str
    photo: str | None
    joined: datetime
    guide_count: int
    accepted_count: int
    organisation: str | None
    organisation_slug: str | None
    organisation_confirmed: bool
    email: str | None

    @property
    def initials(self) -> str:
        """For the avatar."""
        return initials(self.name)

    @property
    def hue(self) -> int:
        """For the avatar."""
        return hue(self.id)

    @property
    def first_name(self) -> str:
        """As buttons use it: “Ask Priya”."""
        return self.name.split()[0]

    @property
    def picture(self) -> str:
        """The address of the photo, or nothing."""
        return f"/files/{self.photo}" if self.photo else ""


def stands() -> ColumnElement[bool]:
    """The account is confirmed and active: the one condition under which anybody sees a person."""
    return and_(Account.active.is_(True), Account.confirmed_at.is_not(None))


def credited(person: Any = Person) -> ColumnElement[str]:
    """The name that stands on guides: of those who left, the one that they left there, if any."""
    return func.coalesce(person.credit, person.name)


def _profile_query(email: Any) -> Prepared:
    return Prepared(
        select(
            Person.id,
            Person.handle,
            Person.name,
            Person.job_title,
            Person.place,
            Person.about_html,
            Person.photo,
            Person.created_at,
            Person.guide_count,
            Person.accepted_count,
            Organisation.name,
            Organisation.slug,
            Person.organisation_confirmed,
            email,
        )
        .join(Account, Account.id == Person.account_id)
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .where(stands(), Person.handle == bindparam("handle"))
    )


# Built once: putting a query of this size together costs as much as running it.
_FOR_MEMBERS = _profile_query(case((Person.show_email.is_(True), Account.email)))
_FOR_VISITORS = _profile_query(null())
_SKILLS = Prepared(
    select(PersonSkill.kind, PersonSkill.word, Topic.slug)
    .outerjoin(Topic, Topic.id == PersonSkill.topic_id)
    .where(PersonSkill.person_id == bindparam("person_id"))
    .order_by(PersonSkill.position)
)


def profile(handle: str, viewer: Viewer) -> Profile | None:
    """The person at an address, as this viewer sees them."""
    row = (_FOR_MEMBERS if viewer.signed_in else _FOR_VISITORS).first(handle=handle)
    return Profile(*row) if row else None


def moved_to(handle: str) -> str | None:
    """The handle that a former one leads to, if its owner lets it."""
    return db.session.scalar(
        select(Person.handle)
        .join(FormerHandle, FormerHandle.person_id == Person.id)
        .join(Account, Account.id == Person.account_id)
        .where(stands(), FormerHandle.handle == handle, FormerHandle.leads_on.is_(True))
    )


def skills_of(person_id: int) -> tuple[list[Skill], list[Skill]]:
    """What a person can help with, and their interests, in their own order."""
    rows = _SKILLS.rows(person_id=person_id)
    return (
        [Skill(word, slug or "") for kind, word, slug in rows if kind == HELP],
        [Skill(word, slug or "") for kind, word, slug in rows if kind == INTEREST],
    )


def skills_of_many(ids: Sequence[int]) -> dict[int, list[Skill]]:
    """What these people can help with."""
    found: dict[int, list[Skill]] = {}
    rows = db.session.execute(
        select(PersonSkill.person_id, PersonSkill.word, Topic.slug)
        .outerjoin(Topic, Topic.id == PersonSkill.topic_id)
        .where(PersonSkill.person_id.in_(ids), PersonSkill.kind == HELP)
        .order_by(PersonSkill.person_id, PersonSkill.position)
    )
    for person_id, word, slug in rows:
        found.setdefault(person_id, []).append(Skill(word, slug or ""))
    return found


class OwnProfile(NamedTuple):
    """What a person edits about themselves."""

    name: str
    handle: str
    job_title: str
    place: str
    about: str
    photo: str | None
    show_email: bool
    asks_a_month: int
    organisation_id: int | None
    organisation: str | None
    email: str


def own_profile(person_id: int) -> OwnProfile:
    """The profile of somebody who is signed in, as its form needs it."""
    row = db.session.execute(
        select(
            Person.name,
            Person.handle,
            Person.job_title,
            Person.place,
            Person.about,
            Person.photo,
            Person.show_email,
            Person.asks_a_month,
            Person.organisation_id,
            Organisation.name,
            Account.email,
        )
        .join(Account, Account.id == Person.account_id)
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .where(Person.id == person_id)
    ).one()
    return OwnProfile._make(row)


def former_handles(person_id: int) -> list[tuple[str, bool]]:
    """Old handles of a person, and whether they still lead to the profile."""
    query = select(FormerHandle.handle, FormerHandle.leads_on).where(FormerHandle.person_id == person_id)
    return [(handle, leads_on) for handle, leads_on in db.session.execute(query.order_by(FormerHandle.handle))]


def topic_ids_of(person_id: int) -> tuple[list[int], list[int]]:
    """Ids of the topics a person can help with and of those they are interested in."""
    rows: Sequence[Any] = db.session.execute(
        select(PersonSkill.kind, PersonSkill.topic_id).where(
            PersonSkill.person_id == person_id, PersonSkill.topic_id.is_not(None)
        )
    ).all()
    return [one for kind, one in rows if kind == HELP], [one for kind, one in rows if kind == INTEREST]


def profile_words(person_id: int) -> dict[str, Any]:
    """A profile as its form has it."""
    own = own_profile(person_id)
    can_help_with, interests = skills_of(person_id)
    help_ids, interest_ids = topic_ids_of(person_id)
    return {
        "name": own.name,
        "job_title": own.job_title,
        "organisation": own.organisation_id or 0,
        "place": own.place,
        "about": own.about,
        "help_topics": help_ids,
        "help_words": ", ".join(skill.word for skill in can_help_with if not skill.slug),
        "interest_topics": interest_ids,
        "interest_words": ", ".join(skill.word for skill in interests if not skill.slug),
        "asks_a_month": own.asks_a_month,
        "show_email": own.show_email,
        "handle": own.handle,
        "former": [handle for handle, leads_on in former_handles(person_id) if leads_on],
    }
