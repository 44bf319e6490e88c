"""Editing what a discussion is called and filed under, and following what happens to its posts."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select, update

from network.audit.actions import record
from network.core.db import db
from network.core.events import publish
from network.core.stale import require_unchanged
from network.core.text.plain import excerpt as shorten
from network.core.text.plain import plain
from network.discussions import rules
from network.discussions.actions.accepting import ask_no_more, clear_accepted
from network.discussions.actions.starting import EXCERPT, file_under, slug_of
from network.discussions.events import DiscussionChanged, DiscussionWithdrawn
from network.discussions.models import Discussion
from network.discussions.queries import filed_words
from network.groups.models import Group
from network.subjects.rules import require
from network.subjects.viewer import Viewer
from network.threads.models import Post


def edit_as(
    *, viewer: Viewer, discussion_id: int, base: str, title: str, topic_ids: Sequence[int], tags: Sequence[str]
) -> Discussion:
    """Change title and topics. The words of the address follow the title; the old address leads on by its number.

    Raises ChangedMeanwhile unless `base` is the fingerprint of what is stored.
    """
    discussion = _locked(discussion_id)
    allowed = rules.may_edit(viewer, discussion.author_id, discussion.withdrawn_at)
    require(allowed, "Only its author can edit this.")
    require_unchanged(base, filed_words(discussion.id))
    discussion.title, discussion.slug = title, slug_of(title)
    discussion.revision += 1
    file_under(discussion.id, topic_ids, tags)
    publish(DiscussionChanged("discussion", discussion.id))
    return discussion


def follow_post(*, discussion_id: int, post: Post) -> None:
    """After an edit or a withdrawal: excerpt, counter, accepted answer, and whether the discussion still stands.

    Its author takes the whole discussion back by withdrawing the first post while nobody's reply stands; with replies
    only the words go. Whoever hides the first post hides the discussion.
    """
    discussion = _locked(discussion_id)
    discussion.revision += 1
    discussion.reply_count = _standing_replies(discussion)
    if post.number == 1 and post.withdrawn_at is None:
        discussion.excerpt = shorten(plain(post.html), EXCERPT)
    if post.withdrawn_at is None:
        return
    if discussion.accepted_post_id == post.id:
        clear_accepted(discussion)
    if post.number == 1:
        discussion.excerpt = ""
        if post.withdrawn_by != post.author_id or not discussion.reply_count:
            _withdraw(discussion, post)
        else:
            ask_no_more(discussion)


def _withdraw(discussion: Discussion, post: Post) -> None:
    discussion.withdrawn_at, discussion.withdrawn_by = post.withdrawn_at, post.withdrawn_by
    discussion.withdrawn_reason = post.withdrawn_reason
    hidden = post.withdrawn_by != post.author_id
    db.session.execute(
        update(Group)
        .where(Group.id == discussion.group_id)
        .values(discussion_count=Group.discussion_count - 1)
        .execution_options(synchronize_session=False)
    )
    act = "discussion.hide" if hidden else "discussion.withdraw"
    record(act, actor_id=post.withdrawn_by, subject="discussion", subject_id=discussion.id)
    publish(DiscussionWithdrawn("discussion", discussion.id, hidden), urgent=True)


def _standing_replies(discussion: Discussion) -> int:
    db.session.flush()
    query = select(func.count()).where(
        Post.thread_id == discussion.thread_id, Post.number > 1, Post.withdrawn_at.is_(None)
    )
    return db.session.scalar(query) or 0


def _locked(discussion_id: int) -> Discussion:
    return db.session.get_one(Discussion, discussion_id, with_for_update=True, populate_existing=True)
