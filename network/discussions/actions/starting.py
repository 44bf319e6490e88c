"""Starting a discussion, a question or an announcement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, literal, select, update

from network.core.clock import now
from network.core.db import UtcDateTime, db
from network.core.events import publish
from network.core.text.plain import excerpt as shorten
from network.core.text.plain import plain
from network.core.text.slugs import slugify
from network.discussions import rules
from network.discussions.events import DiscussionStarted
from network.discussions.models import Discussion, DiscussionTag, DiscussionTopic
from network.groups.models import Group
from network.subjects.rules import require
from network.subjects.viewer import Viewer
from network.threads.actions import add_post, start_thread

EXCERPT = 300


def start_as(*, viewer: Viewer, group_id: int, kind: str, **given: Any) -> Discussion:
    """As start_discussion, for somebody who may."""
    group = db.session.get_one(Group, group_id, populate_existing=True)
    require(rules.may_start(viewer, kind, group.id, group.openness), "You are not able to post in this group.")
    return start_discussion(
        group_id=group_id, kind=kind, author_id=viewer.person_id, organisation_id=viewer.organisation_id, **given
    )


def start_discussion(
    *,
    group_id: int,
    kind: str,
    title: str,
    body: str,
    html: str,
    author_id: int | None,
    organisation_id: int | None,
    excerpt: str = "",
    topic_ids: Sequence[int] = (),
    tags: Sequence[str] = (),
    asked_person_id: int | None = None,
    language: str = "en",
    at: datetime | None = None,
) -> Discussion:
    """A new discussion with its first post. Its number in the group is never used again.

    `kind` is a key of KINDS; `excerpt` the beginning as plain text (worked out from the HTML when it is not given).
    """
    at = at or now()
    discussion = Discussion(
        group_id=group_id,
        number=_next_number(group_id, at),
        slug=slug_of(title),
        title=title,
        kind=kind,
        language=language,
        excerpt=excerpt or shorten(plain(html), EXCERPT),
        author_id=author_id,
        asked_person_id=asked_person_id,
        created_at=at,
        last_post_at=at,
    )
    db.session.add(discussion)
    db.session.flush()
    discussion.thread_id = start_thread(subject="discussion", subject_id=discussion.id).id
    file_under(discussion.id, topic_ids, tags)
    assert author_id is not None
    add_post(
        thread_id=discussion.thread_id,
        author_id=author_id,
        organisation_id=organisation_id,
        body=body,
        html=html,
        at=at,
        announce=False,
    )
    publish(DiscussionStarted("discussion", discussion.id, kind, group_id, author_id, asked_person_id))
    return discussion


def slug_of(title: str) -> str:
    """The words after the number in a discussion's address."""
    return slugify(title, fallback="discussion")


def file_under(discussion_id: int, topic_ids: Sequence[int], tags: Sequence[str]) -> None:
    """Topics and free words, in place of those it had."""
    db.session.execute(delete(DiscussionTopic).where(DiscussionTopic.discussion_id == discussion_id))
    db.session.execute(delete(DiscussionTag).where(DiscussionTag.discussion_id == discussion_id))
    db.session.add_all(
        DiscussionTopic(discussion_id=discussion_id, topic_id=topic_id) for topic_id in dict.fromkeys(topic_ids)
    )
    db.session.add_all(DiscussionTag(discussion_id=discussion_id, word=word) for word in dict.fromkeys(tags))


def _next_number(group_id: int, at: datetime) -> int:
    """One statement, so that two who start at the same moment never get the same number."""
    query = (
        update(Group)
        .where(Group.id == group_id)
        .values(
            next_number=Group.next_number + 1,
            discussion_count=Group.discussion_count + 1,
            last_active_at=latest(Group.last_active_at, at),
        )
        .returning(Group.next_number)
        .execution_options(synchronize_session=False)
    )
    return db.session.scalars(query).one() - 1


def latest(column: Any, at: datetime) -> Any:
    """The later of a stored time and this one: what is loaded from elsewhere may be older than what is here."""
    moment = literal(at, UtcDateTime())
    return func.max(column, moment) if db.engine.dialect.name == "sqlite" else func.greatest(column, moment)


def address_of(discussion: Discussion) -> str:
    """The page of a discussion."""
    slug = db.session.scalar(select(Group.slug).where(Group.id == discussion.group_id))
    return f"/groups/{slug}/discussions/{discussion.number}-{discussion.slug}"
