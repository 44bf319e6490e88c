"""What waits for one member: requests to join, questions that they could answer, and which topics are theirs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import and_, bindparam, case, exists, func, or_, select, text

from network.core.clock import now
from network.core.db import UtcDateTime, db
from network.core.prepared import Prepared, each
from network.discussions.models import Discussion, DiscussionTopic
from network.groups.models import Group, Membership
from network.people.models import Person, PersonSkill
from network.people.vocabulary import HELP
from network.subjects.viewer import Viewer
from network.subjects.visibility import in_readable_group
from network.threads.models import Post
from network.vocabulary.models import Topic

ALIVE = timedelta(days=90)


class Topics(NamedTuple):
    """Topics of a profile with those below them: all of them, and by id the word of those that they can help with."""

    ids: tuple[int, ...]
    help: Mapping[int, str]


class Requests(NamedTuple):
    """People who ask to join a group; `name` is the one who has waited longest."""

    group: str
    group_slug: str
    people: int
    since: datetime
    name: str


class Wanted(NamedTuple):
    """A question that somebody could answer. `topic_id` says why; None when they were asked by name."""

    title: str
    address: str
    since: datetime
    topic_id: int | None


_MY_TOPICS = Prepared(
    select(Topic.id, PersonSkill.kind, PersonSkill.word)
    .join(PersonSkill, or_(PersonSkill.topic_id == Topic.id, PersonSkill.topic_id == Topic.parent_id))
    .where(PersonSkill.person_id == bindparam("person_id"))
    .order_by(Topic.id)
)


def my_topics(viewer: Viewer) -> Topics:
    """The topics that a person can help with or is interested in."""
    rows = _MY_TOPICS.rows(person_id=viewer.person_id)
    found = [(topic_id, kind, word) for topic_id, kind, word in rows]
    helps = {topic_id: word for topic_id, kind, word in found if kind == HELP}
    return Topics(tuple(dict.fromkeys(topic_id for topic_id, _, _ in found)), helps)


def requests_to_join(viewer: Viewer, limit: int = 3) -> list[Requests]:
    """By group, in the groups that the viewer facilitates; the longest wait first."""
    if not viewer.facilitated_ids:
        return []
    asked = (
        select(Membership.group_id, func.count().label("people"), func.min(Membership.since).label("since"))
        .where(Membership.role == "requested", Membership.group_id.in_(sorted(viewer.facilitated_ids)))
        .group_by(Membership.group_id)
        .subquery()
    )
    first = and_(
        Membership.group_id == asked.c.group_id,
        Membership.role == "requested",
        Membership.since == asked.c.since,
    )
    rows = db.session.execute(
        select(Group.name, Group.slug, asked.c.people, asked.c.since, func.min(Person.name))
        .join(asked, asked.c.group_id == Group.id)
        .join(Membership, first)
        .join(Person, Person.id == Membership.person_id)
        .group_by(Group.name, Group.slug, asked.c.people, asked.c.since)
        .order_by(asked.c.since)
        .limit(limit)
    )
    return [Requests._make(row) for row in rows]


def questions_for(viewer: Viewer, topics: Topics, limit: int = 3) -> list[Wanted]:
    """Open questions of others, alive in the last 90 days, that the viewer has not replied to: those put to them,
    then those to which nobody has replied on topics that they can help with."""
    rows = _questions(viewer, tuple(sorted(topics.help)), limit).rows(since=now() - ALIVE)
    return [
        Wanted(title, f"/groups/{group}/discussions/{number}-{slug}", since, None if mine else topic_id)
        for title, number, slug, group, since, mine, topic_id in rows
    ]


@lru_cache(maxsize=256)
def _questions(viewer: Viewer, topic_ids: tuple[int, ...], limit: int) -> Prepared:
    """Kept for the viewer's next look: putting a statement together costs more than running it."""
    to_me = Discussion.asked_person_id == viewer.person_id
    topic = (
        select(func.min(DiscussionTopic.topic_id))
        .where(DiscussionTopic.discussion_id == Discussion.id, DiscussionTopic.topic_id.in_(each(topic_ids)))
        .scalar_subquery()
    )
    replied = exists().where(Post.thread_id == Discussion.thread_id, Post.author_id == viewer.person_id)
    return Prepared(
        select(
            Discussion.title,
            Discussion.number,
            Discussion.slug,
            Group.slug,
            Discussion.created_at,
            case((to_me, 1), else_=0).label("to_me"),
            topic,
        )
        .join(Group, Group.id == Discussion.group_id)
        .where(
            Discussion.kind == "question",
            Discussion.accepted_post_id.is_(None),
            Discussion.last_post_at > bindparam("since", type_=UtcDateTime()),
            or_(to_me, and_(Discussion.reply_count == 0, topic.is_not(None))) if topic_ids else to_me,
            Discussion.withdrawn_at.is_(None),
            or_(Discussion.author_id.is_(None), Discussion.author_id != viewer.person_id),
            in_readable_group(Discussion.group_id, viewer),
            ~replied,
        )
        .order_by(text("to_me DESC"), Discussion.last_post_at.desc(), Discussion.id.desc())
        .limit(limit)
    )
