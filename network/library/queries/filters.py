"""From the words in an address to filters:

topics and organisations by slug, a person by handle, a group by slug.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import select

from network.accounts.models import Account
from network.core.db import db
from network.groups.models import Group
from network.library.adoptions.like_mine import AT_LEAST, LIKE_MINE, like_of
from network.library.models import CHECK_STATES, KINDS
from network.library.queries.lists import Filters
from network.organisations.queries import all_organisations
from network.people.models import Person
from network.people.queries import stands
from network.subjects.viewer import VISITOR, Viewer
from network.vocabulary.queries import TopicRow, all_topics, present_slugs


class Choice(NamedTuple):
    """A value of a filter: what the address says, what people read, and the id that it stands for."""

    value: str
    name: str
    id: int


class Narrowing(NamedTuple):
    """Filters, and the words of those in use for the chips above the list."""

    filters: Filters
    topics: tuple[Choice, ...] = ()
    organisations: tuple[Choice, ...] = ()
    group: Choice | None = None
    person: Choice | None = None
    used: str = ""


# Nobody reads the name of somebody suspended, also not by their handle.
_PEOPLE = select(Person.handle, Person.name, Person.id).join(Account, Account.id == Person.account_id).where(stands())


def narrowing(
    *,
    kinds: Iterable[str] = (),
    checks: Iterable[str] = (),
    topics: Iterable[str] = (),
    organisations: Iterable[str] = (),
    group: str = "",
    person: str = "",
    used: str = "",
    viewer: Viewer = VISITOR,
    tree: Sequence[TopicRow] | None = None,
) -> Narrowing | None:
    """What these words narrow a list to; unknown values are left out, an unknown group or person gives None."""
    topic_rows = _topics(topics, all_topics() if tree is None else tree)
    wanted = sorted(set(organisations))[:50]
    found_organisations = organisations_named(slugs=wanted) if wanted else []
    found_group = _one(select(Group.slug, Group.name, Group.id).where(Group.slug == group)) if group else None
    found_person = _one(_PEOPLE.where(Person.handle == person)) if person else None
    if (group and found_group is None) or (person and found_person is None):
        return None
    like = like_of(viewer) if used == LIKE_MINE else None
    used = used if used in AT_LEAST and (like or used != LIKE_MINE) else ""
    filters = Filters(
        kinds=tuple(kind for kind in KINDS if kind in set(kinds)),
        checks=tuple(check for check in CHECK_STATES if check in set(checks)),
        topic_ids=tuple(sorted({topic_id for _, ids in topic_rows for topic_id in ids})),
        organisation_ids=tuple(sorted(choice.id for choice in found_organisations)),
        group_id=found_group.id if found_group else None,
        person_id=found_person.id if found_person else None,
        used=AT_LEAST.get(used, 0),
        like=like,
    )
    found_topics = tuple(choice for choice, _ in topic_rows)
    return Narrowing(filters, found_topics, tuple(found_organisations), found_group, found_person, used)


def organisations_named(*, slugs: Iterable[str] = (), ids: Iterable[int] = ()) -> list[Choice]:
    """Organisations by slug or id, by name."""
    by_slug, by_id = set(slugs), set(ids)
    return [Choice(o.slug, o.name, o.id) for o in all_organisations() if o.id in by_id or o.slug in by_slug]


def _topics(slugs: Iterable[str], tree: Sequence[TopicRow]) -> list[tuple[Choice, list[int]]]:
    """Each topic named, with its own id and those under it."""
    wanted = set(present_slugs(slugs))
    return [
        (Choice(topic.slug, topic.name, topic.id), [topic.id, *(t.id for t in tree if t.parent_id == topic.id)])
        for topic in tree
        if topic.slug in wanted
    ]


def _one(query: object) -> Choice | None:
    row = db.session.execute(query).one_or_none()  # type: ignore[call-overload]
    return Choice(*row) if row else None
