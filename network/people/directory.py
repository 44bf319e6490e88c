"""The directory: who works here, found by name, role, skill or place, and by what they can help with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select

from network.accounts.models import Account
from network.core.db import db
from network.core.web.pagination import Page, offset
from network.organisations.models import Organisation
from network.people.models import Person, PersonSkill
from network.people.queries import Skill, skills_of_many, stands
from network.people.seeking import folded
from network.people.vocabulary import HELP
from network.subjects.names import hue, initials
from network.vocabulary.models import Topic

AnySelect = Select[*tuple[Any, ...]]
PER_PAGE = 20
MOST_WORDS = 8
OPTIONS = 10


@dataclass(frozen=True)
class Wanted:
    """What the directory is asked for: words of the box, slugs of topics and organisations."""

    text: str = ""
    topics: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()

    @property
    def filters(self) -> int:
        """How many filters are in use."""
        return len(self.topics) + len(self.organisations) + bool(self.text)


class Listed(NamedTuple):
    """A person on a card."""

    id: int
    handle: str
    name: str
    job_title: str
    photo: str | None
    accepted_count: int
    organisation: str | None
    skills: list[Skill]

    @property
    def initials(self) -> str:
        """For the avatar."""
        return initials(self.name)

    @property
    def hue(self) -> int:
        """For the avatar."""
        return hue(self.id)


@dataclass(frozen=True)
class Option:
    """A value of a facet with how many people it would show."""

    value: str
    text: str
    count: int
    checked: bool


def people(wanted: Wanted, number: int) -> Page[Listed]:
    """A page of the directory, by name."""
    total = db.session.scalar(_limited(_COUNT, wanted)) or 0
    query = _limited(_CARDS, wanted).offset(offset(number, PER_PAGE)).limit(PER_PAGE)
    return Page(_listed(query), number, PER_PAGE, total)


def people_of_organisation(organisation_id: int, limit: int) -> tuple[list[Listed], int]:
    """The first people of an organisation by name, and how many there are."""
    of = Person.organisation_id == organisation_id
    total = db.session.scalar(_COUNT.where(of)) or 0
    return _listed(_CARDS.where(of).limit(limit)), total


def topic_options(wanted: Wanted) -> list[Option]:
    """Topics that people can help with; counted among those that the other filters leave."""
    return _options(_limited(_TOPICS, wanted, topics=False), wanted.topics)


def organisation_options(wanted: Wanted) -> list[Option]:
    """Organisations, counted among those that the other filters leave."""
    return _options(_limited(_ORGANISATIONS, wanted, organisations=False), wanted.organisations)


def _of_people(*columns: Any) -> AnySelect:
    return select(*columns).select_from(Person).join(Account, Account.id == Person.account_id).where(stands())


# Begun once: putting queries together costs as much as running them.
_COUNT = _of_people(func.count(Person.id))
_CARDS = (
    _of_people(
        Person.id, Person.handle, Person.name, Person.job_title, Person.photo, Person.accepted_count, Organisation.name
    )
    .outerjoin(Organisation, Organisation.id == Person.organisation_id)
    .order_by(Person.sought, Person.id)
)
# A person has a topic once, so that skills can be counted in place of people.
_TOPICS = (
    _of_people(Topic.slug, Topic.name, func.count(PersonSkill.id))
    .join(PersonSkill, PersonSkill.person_id == Person.id)
    .join(Topic, Topic.id == PersonSkill.topic_id)
    .where(PersonSkill.kind == HELP)
    .group_by(Topic.id, Topic.slug, Topic.name)
    .order_by(func.count(PersonSkill.id).desc(), Topic.name)
)
_ORGANISATIONS = (
    _of_people(Organisation.slug, Organisation.name, func.count(Person.id))
    .join(Organisation, Organisation.id == Person.organisation_id)
    .group_by(Organisation.id, Organisation.slug, Organisation.name)
    .order_by(func.count(Person.id).desc(), Organisation.name)
)


def _limited(query: AnySelect, wanted: Wanted, *, topics: bool = True, organisations: bool = True) -> AnySelect:
    query = query.where(*_holds(wanted.text))
    if topics and wanted.topics:
        helps = select(PersonSkill.person_id).join(Topic, Topic.id == PersonSkill.topic_id)
        query = query.where(Person.id.in_(helps.where(PersonSkill.kind == HELP, Topic.slug.in_(wanted.topics))))
    if organisations and wanted.organisations:
        query = query.where(Person.organisation_id.in_(_ids(Organisation.slug.in_(wanted.organisations))))
    return query


def _ids(condition: ColumnElement[bool]) -> AnySelect:
    return select(Organisation.id).where(condition)


def _holds(text: str) -> list[ColumnElement[bool]]:
    """Every word must stand in the person's own words or in their organisation's name."""
    return [
        or_(
            Person.sought.contains(word, autoescape=True),
            Person.organisation_id.in_(_ids(Organisation.name.icontains(word, autoescape=True))),
        )
        for word in folded(text).split()[:MOST_WORDS]
    ]


def _listed(query: AnySelect) -> list[Listed]:
    rows: Any = db.session.execute(query).all()
    skills = skills_of_many([row[0] for row in rows]) if rows else {}
    return [Listed(*(*row, skills.get(row[0], []))) for row in rows]


def _options(query: AnySelect, chosen: tuple[str, ...]) -> list[Option]:
    """The commonest values and those in use; a value nobody has is not shown."""
    rows: Sequence[Any] = db.session.execute(query).all()
    return [
        Option(value, text, count, value in chosen)
        for place, (value, text, count) in enumerate(rows)
        if place < OPTIONS or value in chosen
    ]
