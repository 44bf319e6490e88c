"""The words of somebody who takes theirs along: a marker stays in place of each post, comment and open suggestion."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update

from network.audit.actions import record
from network.core.db import db
from network.core.events import publish
from network.discussions.actions import follow_post
from network.discussions.models import Discussion
from network.library.actions import rows
from network.library.events import GUIDE
from network.library.suggestions.actions import count_waiting
from network.library.suggestions.events import SUGGESTION
from network.library.suggestions.models import OPEN, WITHDRAWN, Suggestion
from network.threads.events import PostWithdrawn
from network.threads.models import Post, PostVersion, Thread


def take_along(person_id: int, at: datetime) -> None:
    """Withdraw all that stands, in every thread. Nobody is left who could want the words back, so they go.

    What was hidden by those who keep order stays as it is: a decision is not undone by leaving.
    """
    mine = Post.author_id == person_id
    by_thread: dict[int, list[Post]] = defaultdict(list)
    standing = select(Post).where(mine, Post.withdrawn_at.is_(None)).order_by(Post.thread_id, Post.number)
    for post in db.session.scalars(standing.execution_options(populate_existing=True)):
        post.withdrawn_at, post.withdrawn_by = at, person_id
        by_thread[post.thread_id].append(post)
    db.session.flush()
    for thread_id, posts in by_thread.items():
        _follow(db.session.get_one(Thread, thread_id, with_for_update=True), posts)
    own = (mine, Post.withdrawn_by == person_id)
    versions = delete(PostVersion).where(PostVersion.post_id.in_(select(Post.id).where(*own)))
    db.session.execute(versions.execution_options(synchronize_session=False))
    db.session.execute(update(Post).where(*own).values(body="", html="").execution_options(synchronize_session=False))
    _withdraw_suggestions(person_id, at)


def _follow(thread: Thread, posts: Sequence[Post]) -> None:
    """What lists and the index hold of the row that the thread hangs under."""
    thread.post_count -= len(posts)
    for post in posts:
        publish(PostWithdrawn(thread.subject, thread.subject_id, post.id, post.number, False), urgent=True)
    if thread.subject == "discussion":
        accepted = db.session.scalar(select(Discussion.accepted_post_id).where(Discussion.id == thread.subject_id))
        # The first post and the accepted one change more than a number; any other tells of all the rest.
        telling = [post for post in posts if post.id == accepted or post.number == 1] or posts[:1]
        for post in telling:
            follow_post(discussion_id=thread.subject_id, post=post)
    elif thread.subject == GUIDE:
        guide = rows.guide_to_change(thread.subject_id)
        guide.comment_count -= len(posts)
        guide.revision += 1


def _withdraw_suggestions(person_id: int, at: datetime) -> None:
    mine = select(Suggestion).where(Suggestion.author_id == person_id, Suggestion.state == OPEN)
    for suggestion in db.session.scalars(mine.order_by(Suggestion.guide_id, Suggestion.id)).all():
        guide = rows.guide_to_change(suggestion.guide_id)
        suggestion.state, suggestion.answered_at = WITHDRAWN, at
        suggestion.title = suggestion.summary = suggestion.body = suggestion.why = ""
        count_waiting(guide)
        record("suggestion.withdraw", actor_id=person_id, subject=SUGGESTION, subject_id=suggestion.id)
