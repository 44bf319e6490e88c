"""Replying: the post goes to the thread, the discussion keeps what lists show."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from network.core.clock import now
from network.core.db import db
from network.discussions import rules
from network.discussions.actions.starting import latest
from network.discussions.models import Discussion
from network.groups.models import Group
from network.subjects.rules import require
from network.subjects.viewer import Viewer
from network.threads.actions import add_post
from network.threads.models import Post


def reply_as(*, viewer: Viewer, discussion_id: int, body: str, html: str) -> Post:
    """As reply, for somebody who may."""
    discussion = db.session.get_one(Discussion, discussion_id, populate_existing=True)
    group = db.session.get_one(Group, discussion.group_id, populate_existing=True)
    allowed = rules.may_reply(viewer, group.id, group.openness, discussion.withdrawn_at)
    require(allowed, "You are not able to reply here.")
    assert viewer.person_id is not None
    return reply(
        discussion_id=discussion_id,
        author_id=viewer.person_id,
        organisation_id=viewer.organisation_id,
        body=body,
        html=html,
    )


def reply(
    *,
    discussion_id: int,
    author_id: int,
    organisation_id: int | None,
    body: str,
    html: str,
    at: datetime | None = None,
) -> Post:
    """The next post of a discussion."""
    at = at or now()
    group_id, thread_id = db.session.execute(
        update(Discussion)
        .where(Discussion.id == discussion_id)
        .values(
            reply_count=Discussion.reply_count + 1,
            last_post_at=latest(Discussion.last_post_at, at),
            revision=Discussion.revision + 1,
        )
        .returning(Discussion.group_id, Discussion.thread_id)
        .execution_options(synchronize_session=False)
    ).one()
    assert thread_id is not None
    db.session.execute(
        update(Group)
        .where(Group.id == group_id)
        .values(last_active_at=latest(Group.last_active_at, at))
        .execution_options(synchronize_session=False)
    )
    return add_post(
        thread_id=thread_id, author_id=author_id, organisation_id=organisation_id, body=body, html=html, at=at
    )
