"""What is filed under topics: moved from one to another, counted, and indexed anew when a topic changed.

Of guides, discussions and groups the links are moved; people's skills and followed topics hold the name as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, delete, func, select, true, update

from network.admin.following import index_anew
from network.core.db import db
from network.discovery.saved.models import SavedSearch
from network.discussions.models import Discussion, DiscussionTopic
from network.groups.models import Group, GroupTopic
from network.library.models import Guide, GuideTopic
from network.people.actions import rename_skills
from network.people.models import PersonSkill


class _Filed(NamedTuple):
    """A kind of content: its links to topics, what they link, and which of it search can find.

    The revision of a draft is left alone, because its editor saves by it.
    """

    subject: str
    link: Any
    thing_id: Any
    thing: Any
    found: ColumnElement[bool]


FILED = (
    _Filed("guide", GuideTopic, GuideTopic.guide_id, Guide, Guide.state == "published"),
    _Filed("discussion", DiscussionTopic, DiscussionTopic.discussion_id, Discussion, true()),
    _Filed("group", GroupTopic, GroupTopic.group_id, Group, true()),
)


class Counts(NamedTuple):
    """How much is filed under one topic itself, whatever its state and whoever may read it."""

    guides: int = 0
    discussions: int = 0
    groups: int = 0
    people: int = 0
    followers: int = 0


def counts() -> dict[int, Counts]:
    """For each topic that anything is filed under."""
    columns = (
        (GuideTopic.topic_id, func.count()),
        (DiscussionTopic.topic_id, func.count()),
        (GroupTopic.topic_id, func.count()),
        (PersonSkill.topic_id, func.count(PersonSkill.person_id.distinct())),
        (SavedSearch.topic_id, func.count()),
    )
    found = [dict(_pairs(topic_id, count)) for topic_id, count in columns]
    return {topic_id: Counts(*(each.get(topic_id, 0) for each in found)) for topic_id in set().union(*found)}


def tell(topic_ids: Sequence[int]) -> None:
    """Have everything that is filed under these topics indexed and counted anew."""
    for filed in FILED:
        under = select(filed.thing_id).where(filed.link.topic_id.in_(topic_ids))
        index_anew(filed.subject, filed.thing, filed.thing.id.in_(under), filed.found)


def rename(topic_id: int, was: str, name: str) -> None:
    """Where the name of a topic is written down, this one stands."""
    rename_skills(topic_id, into_id=topic_id, name=name)
    named = (SavedSearch.topic_id == topic_id, SavedSearch.name == was)
    db.session.execute(update(SavedSearch).where(*named).values(name=name))


def move(topic_id: int, into_id: int, was: str, name: str) -> None:
    """Everything that is filed under a topic is filed under another, once, and whoever follows it follows that."""
    for filed in FILED:
        _move(filed.link, filed.thing_id, topic_id, into_id)
    rename_skills(topic_id, into_id=into_id, name=name)
    _move(SavedSearch, SavedSearch.person_id, topic_id, into_id)
    named = (SavedSearch.topic_id == into_id, SavedSearch.name == was)
    db.session.execute(update(SavedSearch).where(*named).values(name=name))


def _move(link: Any, whose: Any, topic_id: int, into_id: int) -> None:
    there = db.session.scalars(select(whose).where(link.topic_id == into_id)).all()
    db.session.execute(delete(link).where(link.topic_id == topic_id, whose.in_(there)))
    db.session.execute(update(link).where(link.topic_id == topic_id).values(topic_id=into_id))


def _pairs(topic_id: Any, count: Any) -> Iterable[tuple[int, int]]:
    rows = db.session.execute(select(topic_id, count).where(topic_id.is_not(None)).group_by(topic_id))
    return [(row[0], row[1]) for row in rows]
