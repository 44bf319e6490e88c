"""Writing, editing and withdrawing posts. Inside a transaction; the HTML comes ready rendered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from network.audit.actions import record
from network.core.clock import now
from network.core.db import db
from network.core.events import publish
from network.core.text.markdown import RENDERER_VERSION
from network.subjects.rules import require
from network.subjects.viewer import Viewer
from network.threads import rules
from network.threads.events import PostAdded, PostEdited, PostWithdrawn
from network.threads.models import Post, PostVersion, Thread
from network.threads.telling.hiding import tell_hidden


class EditedMeanwhile(Exception):
    """The post changed after the form was shown; `body` is what it says now."""

    def __init__(self, body: str, version: int) -> None:
        super().__init__("the post was edited meanwhile")
        self.body, self.version = body, version


def start_thread(*, subject: str, subject_id: int) -> Thread:
    """An empty thread under one row of a subject."""
    thread = Thread(subject=subject, subject_id=subject_id)
    db.session.add(thread)
    db.session.flush()
    return thread


def add_post(
    *,
    thread_id: int,
    author_id: int,
    organisation_id: int | None,
    body: str,
    html: str,
    at: datetime | None = None,
    announce: bool = True,
) -> Post:
    """The next post of a thread, with a number that was never used before, however many people post at once.

    `at` is when it was written, for imports; `announce` is false where another event tells of it.
    """
    at = at or now()
    number = (
        db.session.scalars(
            update(Thread)
            .where(Thread.id == thread_id)
            .values(next_number=Thread.next_number + 1, post_count=Thread.post_count + 1, last_post_at=at)
            .returning(Thread.next_number)
            .execution_options(synchronize_session=False)
        ).one()
        - 1
    )
    post = Post(
        thread_id=thread_id,
        number=number,
        author_id=author_id,
        organisation_id=organisation_id,
        body=body,
        html=html,
        renderer_version=RENDERER_VERSION,
        created_at=at,
    )
    db.session.add(post)
    db.session.flush()
    if announce:
        thread = _thread(thread_id)
        publish(PostAdded(thread.subject, thread.subject_id, post.id, number, author_id))
    return post


def edit_post(*, post_id: int, viewer: Viewer, version: int, body: str, html: str, at: datetime | None = None) -> Post:
    """Change the words and keep the old ones. Raises EditedMeanwhile unless `version` is the one that stands."""
    post = db.session.get_one(Post, post_id, with_for_update=True)
    require(rules.may_edit(viewer, post.author_id, post.withdrawn_at), "Only its author can edit this.")
    if post.version != version:
        raise EditedMeanwhile(post.body, post.version)
    if body == post.body:
        return post
    written_at = post.edited_at or post.created_at
    db.session.add(
        PostVersion(post_id=post.id, version=post.version, body=post.body, html=post.html, written_at=written_at)
    )
    post.body, post.html, post.renderer_version = body, html, RENDERER_VERSION
    post.version, post.edited_at = post.version + 1, at or now()
    thread = _thread(post.thread_id)
    publish(PostEdited(thread.subject, thread.subject_id, post.id, post.number))
    return post


def withdraw_post(*, post_id: int, viewer: Viewer, keeps_order: bool, reason: str, at: datetime | None = None) -> Post:
    """Put a marker in place of a post: its author withdraws it, or somebody who keeps order hides it with a reason, and
    its author is told.
    """
    post = db.session.get_one(Post, post_id, with_for_update=True)
    hides = rules.may_hide(viewer, post.author_id, post.withdrawn_at, keeps_order=keeps_order)
    allowed = rules.may_withdraw(viewer, post.author_id, post.withdrawn_at) or (hides and bool(reason))
    require(allowed, "Only its author can withdraw this.")
    thread = db.session.get_one(Thread, post.thread_id, with_for_update=True)
    if hides:
        tell_hidden(post, thread, by=viewer.name, reason=reason)
    post.withdrawn_at, post.withdrawn_by, post.withdrawn_reason = at or now(), viewer.person_id, reason
    thread.post_count -= 1
    act = "post.hide" if hides else "post.withdraw"
    record(act, actor_id=viewer.person_id, subject=thread.subject, subject_id=thread.subject_id, post=post.number)
    publish(PostWithdrawn(thread.subject, thread.subject_id, post.id, post.number, hides), urgent=True)
    return post


def _thread(thread_id: int) -> Thread:
    return db.session.get_one(Thread, thread_id)
