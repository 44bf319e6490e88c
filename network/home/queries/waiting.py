"""What waits for one member: requests to join, questions that they could answer, and which topics are theirs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, case, exists, func, or_, select

from network.core.db import db
from network.discussions.models import Discussion, DiscussionTopic
from network.groups.models import Group, Membership
from network.people.models import Person, PersonSkill
from network.people.vocabulary import HELP
from network.subjects.viewer import Viewer
from network.subjects.visibility import in_readable_group
from network.threads.models import Post
from network.vocabulary.models import Topic


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


def my_topics(viewer: Viewer) -> Topics:
    """The topics that a person can help with or is interested in."""
    rows = db.session.execute(
        select(Topic.id, PersonSkill.kind, PersonSkill.word)
        .join(PersonSkill, or_(PersonSkill.topic_id == Topic.id, PersonSkill.topic_id == Topic.parent_id))
        .where(PersonSkill.person_id == viewer.person_id)
        .order_by(Topic.id)
    ).tuples()
    found = list(rows)
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


def questions_for(viewer: Viewer, helps: Mapping[int, str], limit: int = 3) -> list[Wanted]:
    """Open questions of others that the viewer has not replied to: those put to them, then those on their topics
    to which nobody has replied."""
    to_me = case((Discussion.asked_person_id == viewer.person_id, 1), else_=0)
    on_topic = and_(DiscussionTopic.discussion_id == Discussion.id, DiscussionTopic.topic_id.in_(sorted(helps)))
    replied = exists().where(Post.thread_id == Discussion.thread_id, Post.author_id == viewer.person_id)
    rows = db.session.execute(
        select(
            Discussion.title,
            Discussion.number,
            Discussion.slug,
            Group.slug,
            Discussion.created_at,
            to_me,
            func.min(DiscussionTopic.topic_id),
        )
        .join(Group, Group.id == Discussion.group_id)
        .outerjoin(DiscussionTopic, on_topic)
        .where(
            Discussion.kind == "question",
            Discussion.accepted_post_id.is_(None),
            Discussion.withdrawn_at.is_(None),
            or_(
                to_me == 1,
                and_(Discussion.reply_count == 0, DiscussionTopic.topic_id.is_not(None)),
            ),
            or_(Discussion.author_id.is_(None), Discussion.author_id != viewer.person_id),
            in_readable_group(Discussion.group_id, viewer),
            ~replied,
        )
        .group_by(Discussion.id, Group.slug)
        .order_by(to_me.desc(), Discussion.created_at.desc(), Discussion.id.desc())
        .limit(limit)
    )
    return [
        Wanted(title, f"/groups/{group}/discussions/{number}-{slug}", since, None if mine else topic_id)
        for title, number, slug, group, since, mine, topic_id in rows
    ]
