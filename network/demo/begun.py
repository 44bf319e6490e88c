"""A guide that somebody has begun to make of an answered question: the draft that waits in the demo network."""

from __future__ import annotations

from flask import current_app
from sqlalchemy import select

from network.core.db import db
from network.core.transaction import transaction
from network.discussions.models import Discussion
from network.groups.models import Group
from network.groups.viewers import viewer_of
from network.library.content import Content, lay_out
from network.library.turning import queries
from network.library.turning.actions import draft_from_discussion
from network.library.turning.text import guide_text


def load_begun(people: dict[str, int], by: str = "owen-pritchard") -> None:
    """A draft of the open group's question that drew the most replies and has an answer."""
    viewer = viewer_of(people[by])
    asked = db.session.scalars(
        select(Discussion.id)
        .join(Group, Group.id == Discussion.group_id)
        .where(Group.openness == "open", Discussion.accepted_post_id.is_not(None))
        .order_by(Discussion.reply_count.desc(), Discussion.id)
        .limit(1)
    ).first()
    found = queries.source(viewer, asked) if asked is not None else None
    if found is None:
        return
    chosen = queries.posts(found)[:3]
    body = guide_text(found, chosen)
    licence = current_app.config["DEFAULT_LICENCE"]
    content = Content(title=found.title, body=body, rendered=lay_out(body), licence=licence)
    with transaction():
        draft_from_discussion(
            viewer=viewer, found=found, post_bodies={post.id: post.body for post in chosen}, content=content
        )
