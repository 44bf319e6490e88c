"""Saying which reply answered a question, and taking that back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from network.audit.actions import record
from network.core.clock import now
from network.core.db import db
from network.core.events import publish
from network.discussions import rules
from network.discussions.events import AnswerAccepted, AnswerUnaccepted, DiscussionChanged
from network.discussions.models import Discussion
from network.groups.models import Group
from network.subjects.rules import NotAllowed, require
from network.subjects.viewer import Viewer
from network.threads.models import Post

NOT_YOURS = "Only the person who asked, the group's facilitators and moderators can say what answered a question."


def accept_as(*, viewer: Viewer, discussion_id: int, number: int) -> None:
    """Accept the reply with this number, in place of another if there was one."""
    discussion = _locked(discussion_id, viewer)
    query = select(Post).where(Post.thread_id == discussion.thread_id, Post.number == number)
    post = db.session.scalars(query).one_or_none()
    if post is None or not rules.may_be_accepted(post.number, post.withdrawn_at):
        raise NotAllowed("This reply cannot be accepted. It may have been withdrawn.")
    assert viewer.person_id is not None
    accept(discussion_id=discussion_id, post_id=post.id, by_id=viewer.person_id)


def accept(*, discussion_id: int, post_id: int, by_id: int, at: datetime | None = None) -> None:
    """Make a post the accepted answer of its question; the same one again changes nothing."""
    discussion = db.session.get_one(Discussion, discussion_id, with_for_update=True)
    if discussion.accepted_post_id == post_id:
        return
    former = author_of(discussion.accepted_post_id)
    discussion.accepted_post_id, discussion.accepted_by, discussion.accepted_at = post_id, by_id, at or now()
    discussion.revision += 1
    record("discussion.accept", actor_id=by_id, subject="discussion", subject_id=discussion.id, post=post_id)
    publish(AnswerAccepted("discussion", discussion.id, post_id, author_of(post_id), former))


def unaccept_as(*, viewer: Viewer, discussion_id: int) -> None:
    """The question is open again."""
    discussion = _locked(discussion_id, viewer)
    if discussion.accepted_post_id is not None:
        record("discussion.unaccept", actor_id=viewer.person_id, subject="discussion", subject_id=discussion.id)
        clear_accepted(discussion)


def clear_accepted(discussion: Discussion) -> None:
    """Forget the accepted answer; somebody changed their mind, or it was withdrawn. A question whose words were
    withdrawn meanwhile is not open again: it asks for nothing any more.
    """
    author_id = author_of(discussion.accepted_post_id)
    discussion.accepted_post_id = discussion.accepted_by = discussion.accepted_at = None
    discussion.revision += 1
    publish(AnswerUnaccepted("discussion", discussion.id, author_id))
    ask_no_more(discussion)


def ask_no_more(discussion: Discussion) -> None:
    """A question without its words and without an accepted answer goes on as a discussion, which waits for nobody."""
    first = select(Post.withdrawn_at).where(Post.thread_id == discussion.thread_id, Post.number == 1)
    if discussion.kind == "question" and discussion.accepted_post_id is None and db.session.scalar(first) is not None:
        discussion.kind = "discussion"
        publish(DiscussionChanged("discussion", discussion.id))


def author_of(post_id: int | None) -> int | None:
    """Who wrote a post."""
    return db.session.scalar(select(Post.author_id).where(Post.id == post_id)) if post_id else None


def _locked(discussion_id: int, viewer: Viewer) -> Discussion:
    discussion = db.session.get_one(Discussion, discussion_id, with_for_update=True, populate_existing=True)
    group = db.session.get_one(Group, discussion.group_id, populate_existing=True)
    allowed = discussion.withdrawn_at is None and rules.may_accept(
        viewer,
        kind=discussion.kind,
        author_id=discussion.author_id,
        group_id=group.id,
        openness=group.openness,
    )
    require(allowed, NOT_YOURS)
    return discussion
