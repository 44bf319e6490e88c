"""What follows a change of guides: the numbers that are counted ahead.

Without them every visit of the library would group all guides. They are counted anew, whole, by the worker:
half a second late at most (a second more in other processes, which keep them in memory), and right whatever happened
before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import delete, func, insert, select, tuple_, update
from sqlalchemy.orm import Session

from network.core.db import db
from network.core.outbox import Message
from network.core.transaction import transaction
from network.groups.models import Group
from network.library.models import Guide, GuideCoAuthor, GuideTopic, LibraryTally
from network.library.queries.tallies import EVERYBODY, PUBLIC
from network.people.models import Person
from network.subjects.visibility import in_public_group
from network.vocabulary.models import Topic

Key = tuple[int, str, str]
"""Of a tally: the group, the facet and the value."""


def recount(_messages: Sequence[Message] = ()) -> None:
    """Count everything anew. Follows what changes guides, and runs by the clock against the unforeseen.

    It counts before it writes: most changes leave most numbers as they were, and often all.
    """
    tallies, people = _wrong_tallies(), _wrong_people()
    db.session.rollback()
    if not (tallies or people):
        return
    with transaction() as session:
        if tallies:
            _write(session, tallies)
        if people:
            session.execute(update(Person), [{"id": id_, "guide_count": count} for id_, count in people.items()])


def _write(session: Session, tallies: Mapping[Key, int]) -> None:
    key = tuple_(LibraryTally.group_id, LibraryTally.facet, LibraryTally.value)
    session.execute(delete(LibraryTally).where(key.in_(list(tallies))))
    rows = [
        {"group_id": group_id, "facet": facet, "value": value, "count": count}
        for (group_id, facet, value), count in tallies.items()
        if count
    ]
    if rows:
        session.execute(insert(LibraryTally), rows)
    PUBLIC.changed()


def _wrong_tallies() -> dict[Key, int]:
    """What the numbers that are not kept rightly should be, 0 for those that should not be there."""
    counted = _count()
    rows = db.session.execute(select(LibraryTally.group_id, LibraryTally.facet, LibraryTally.value, LibraryTally.count))
    kept = {(group_id, facet, value): count for group_id, facet, value, count in rows}
    return {key: counted[key] for key in counted.keys() | kept.keys() if counted[key] != kept.get(key, 0)}


def _wrong_people() -> dict[int, int]:
    """The same for how many public guides each person wrote."""
    counted = _public_guides_by_person()
    rows = db.session.execute(select(Person.id, Person.guide_count).where(Person.guide_count > 0))
    kept = {row.id: row.guide_count for row in rows}
    return {id_: counted[id_] for id_ in counted.keys() | kept.keys() if counted[id_] != kept.get(id_, 0)}


def _count() -> Counter[Key]:
    closed = set(db.session.scalars(select(Group.id).where(Group.openness == "closed")))
    published = Guide.state == "published"
    counted: Counter[Key] = Counter()

    def scope(group_id: int | None) -> int:
        return group_id if group_id is not None and group_id in closed else EVERYBODY

    fields = (Guide.group_id, Guide.kind, Guide.organisation_id, Guide.check_state)
    for group_id, kind, organisation_id, check, count in db.session.execute(
        select(*fields, func.count()).where(published).group_by(*fields)
    ):
        by = {"all": "", "kind": kind, "organisation": organisation_id, "check": check}
        for facet, value in by.items():
            if value is not None:
                counted[scope(group_id), facet, str(value)] += count
    first_level = func.coalesce(Topic.parent_id, Topic.id)
    for topic in (first_level, Topic.id):
        rows = (
            select(Guide.group_id, topic, func.count(Guide.id.distinct()))
            .join(GuideTopic, GuideTopic.guide_id == Guide.id)
            .join(Topic, Topic.id == GuideTopic.topic_id)
            .where(published)
            .group_by(Guide.group_id, topic)
        )
        if topic is not first_level:
            rows = rows.where(Topic.parent_id.is_not(None))
        for group_id, topic_id, count in db.session.execute(rows):
            counted[scope(group_id), "topic", str(topic_id)] += count
    return counted


def _public_guides_by_person() -> Counter[int]:
    """How many guides that everybody may read each person wrote, alone or with others."""
    public = (Guide.state == "published", in_public_group(Guide.group_id))
    counted: Counter[int] = Counter()
    for query in (
        select(Guide.author_id, func.count()).where(*public).group_by(Guide.author_id),
        select(GuideCoAuthor.person_id, func.count())
        .join(Guide, Guide.id == GuideCoAuthor.guide_id)
        .where(*public)
        .group_by(GuideCoAuthor.person_id),
    ):
        for person_id, count in db.session.execute(query):
            if person_id is not None:
                counted[person_id] += count
    return counted
