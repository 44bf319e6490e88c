"""Values typed after a filter's name, found by slug, name or alias, whatever their letters' size.

What a viewer could not choose from a list they cannot name either: a closed group is known to its members only.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from network.accounts.models import Account
from network.core.db import db
from network.discovery.asked.labels import KINDS
from network.groups.models import FormerGroupSlug, Group
from network.organisations.models import Organisation
from network.people.models import FormerHandle, Person
from network.people.queries import stands
from network.people.seeking import folded
from network.subjects.viewer import Viewer
from network.subjects.visibility import CLOSED
from network.vocabulary.queries import topics_named

MOST_PEOPLE = 10
LONGEST = 150

Values = tuple[str, ...]
Column = InstrumentedAttribute[str]


def values(facet: str, typed: str, viewer: Viewer) -> Values:
    """The values of the facet that are called so; empty when there is none."""
    return _FINDERS[facet](typed[:LONGEST], viewer)


def _kinds(typed: str, _viewer: Viewer) -> Values:
    wanted = folded(typed).replace("-", " ")
    return tuple(
        value for value, (one, many) in KINDS.items() if wanted in {value.replace("-", " "), folded(one), folded(many)}
    )


def _topics(typed: str, _viewer: Viewer) -> Values:
    topic = topics_named(folded).get(folded(typed))
    return (topic.slug,) if topic else ()


def _organisations(typed: str, _viewer: Viewer) -> Values:
    """By slug or name, or by the beginning of a name that only one of them has: “Harrowdale”."""
    called = _called(Organisation.slug, Organisation.name, typed)
    if found := db.session.scalar(select(Organisation.slug).where(called).limit(1)):
        return (found,)
    begun = func.lower(Organisation.name).startswith(typed.lower() + " ", autoescape=True)
    found_all = db.session.scalars(select(Organisation.slug).where(begun).limit(2)).all()
    return tuple(found_all) if len(found_all) == 1 else ()


def _groups(typed: str, viewer: Viewer) -> Values:
    open_to_viewer = or_(Group.openness != CLOSED, Group.id.in_(sorted(viewer.group_ids)))
    moved = select(FormerGroupSlug.group_id).where(FormerGroupSlug.slug == typed.lower())
    called = or_(_called(Group.slug, Group.name, typed), Group.id.in_(moved))
    return tuple(db.session.scalars(select(Group.slug).where(open_to_viewer, called).limit(1)))


def _people(typed: str, _viewer: Viewer) -> Values:
    """By handle, former ones that lead on too, or else everybody of that name, or else those whose name begins so."""
    handle = typed.lower().removeprefix("@")
    moved = select(FormerHandle.person_id).where(FormerHandle.handle == handle, FormerHandle.leads_on.is_(True))
    query = select(Person.id).join(Account, Account.id == Person.account_id).where(stands())
    for condition in (
        or_(Person.handle == handle, Person.id.in_(moved)),
        func.lower(Person.name) == typed.lower(),
        Person.sought.startswith(folded(typed) + " ", autoescape=True),
    ):
        found = db.session.scalars(query.where(condition).order_by(Person.id).limit(MOST_PEOPLE)).all()
        if found:
            return tuple(str(person) for person in found)
    return ()


def _called(slug: Column, name: Column, typed: str) -> ColumnElement[bool]:
    return or_(slug == typed.lower().replace(" ", "-"), func.lower(name) == typed.lower())


_FINDERS: dict[str, Callable[[str, Viewer], Values]] = {
    "kind": _kinds,
    "topic": _topics,
    "organisation": _organisations,
    "group": _groups,
    "author": _people,
}
