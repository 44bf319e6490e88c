"""People as search and other features see them. Nobody's email address is ever part of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import select

from network.accounts.models import Account
from network.core.db import db
from network.core.text.plain import plain
from network.organisations.models import Organisation
from network.people.models import Person
from network.people.queries import skills_of_many, stands
from network.subjects.names import hue, initials
from network.subjects.registry import Card, Entry, Named, Subject
from network.subjects.titles import by_title
from network.subjects.viewer import Viewer
from network.subjects.visibility import PUBLIC

_ROWS = (
    select(
        Person.id,
        Person.handle,
        Person.name,
        Person.job_title,
        Person.photo,
        Person.place,
        Person.about_html,
        Person.created_at,
        Person.updated_at,
        Person.revision,
        Organisation.name.label("organisation"),
        Organisation.slug.label("organisation_slug"),
    )
    .join(Account, Account.id == Person.account_id)
    .outerjoin(Organisation, Organisation.id == Person.organisation_id)
    .where(stands())
)


def entries(ids: Sequence[int]) -> Iterator[Entry]:
    """What search holds of these people."""
    skills = skills_of_many(ids)
    for row in db.session.execute(_ROWS.where(Person.id.in_(ids))):
        can = skills.get(row.id, [])
        words = ", ".join(skill.word for skill in can)
        yield Entry(
            id=row.id,
            revision=row.revision,
            title=row.name,
            audience=PUBLIC,
            created=row.created_at,
            updated=row.updated_at,
            summary=_role(row.job_title, row.organisation),
            body="\n".join(part for part in (words, row.place, plain(row.about_html)) if part),
            tags=tuple(skill.word for skill in can if not skill.slug),
            facets={
                "kind": ("person",),
                "topic": tuple(skill.slug for skill in can if skill.slug),
                "organisation": (row.organisation_slug,) if row.organisation_slug else (),
            },
        )


def revisions() -> Mapping[int, int]:
    """Everybody who should be found."""
    query = select(Person.id, Person.revision).join(Account, Account.id == Person.account_id).where(stands())
    return {row.id: row.revision for row in db.session.execute(query)}


def in_group(_group_id: int) -> Sequence[int]:
    """A profile is nobody's group's."""
    return ()


def cards(ids: Sequence[int], _viewer: Viewer) -> Mapping[int, Card]:
    """How a person shows in a list of results."""
    skills = skills_of_many(ids)
    return {
        row.id: Card(
            id=row.id,
            title=row.name,
            address=f"/people/{row.handle}",
            kicker="Person",
            text=_text(", ".join(skill.word for skill in skills.get(row.id, [])), plain(row.about_html)),
            byline=_role(row.job_title, row.organisation),
            initials=initials(row.name),
            hue=hue(row.id),
            shape="person",
            picture=f"/files/{row.photo}" if row.photo else "",
        )
        for row in db.session.execute(_ROWS.where(Person.id.in_(ids)))
    }


def named(ids: Sequence[int], _viewer: Viewer) -> Mapping[int, Named]:
    """Names, addresses and what they do."""
    rows = db.session.execute(_ROWS.where(Person.id.in_(ids)))
    return {
        row.id: Named(row.name, f"/people/{row.handle}", _role(row.job_title, row.organisation) or "Person")
        for row in rows
    }


def may_read(_viewer: Viewer, person_id: int) -> bool:
    """Profiles and their photos are public while the account stands."""
    query = select(Person.id).join(Account, Account.id == Person.account_id).where(stands(), Person.id == person_id)
    return db.session.scalar(query) is not None


PERSON = Subject(
    name="person",
    label="Person",
    plural="People",
    entries=entries,
    revisions=revisions,
    in_group=in_group,
    cards=cards,
    may_read=may_read,
    by_title=by_title(
        Person.id, Person.name, lambda _viewer: Person.account_id.in_(select(Account.id).where(stands()))
    ),
    named=named,
)


def _role(job_title: str, organisation: str | None) -> str:
    return ", ".join(part for part in (job_title, organisation) if part)


def _text(skills: str, about: str) -> str:
    return "\n".join(part for part in (f"Can help with {skills}." if skills else "", about) if part)
