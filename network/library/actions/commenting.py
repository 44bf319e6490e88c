"""Comments: posts in the thread under a guide. The first one starts the thread."""

from __future__ import annotations

from datetime import datetime

from network.library.actions import rows
from network.library.events import GUIDE
from network.library.rules import may_comment
from network.subjects.rules import require
from network.subjects.viewer import Viewer
from network.threads import actions as threads
from network.threads.models import Post


def comment(*, viewer: Viewer, guide_id: int, body: str, html: str, at: datetime | None = None) -> Post:
    """Comment on a published guide. `html` is the body laid out by `threads.writing.render_post`."""
    guide = rows.guide_to_change(guide_id)
    require(may_comment(viewer, rows.standing(guide)), "You can comment on what you can read.")
    if guide.thread_id is None:
        guide.thread_id = threads.start_thread(subject=GUIDE, subject_id=guide.id).id
    post = threads.add_post(
        thread_id=guide.thread_id,
        author_id=viewer.person_id or 0,
        organisation_id=viewer.organisation_id,
        body=body,
        html=html,
        at=at,
    )
    guide.comment_count += 1
    guide.revision += 1  # Comments are found with their guide; the thread tells the index of the post.
    return post


def follow_comment(*, guide_id: int, post: Post) -> None:
    """A comment was edited or withdrawn: keep the number of those that stand, and have the index follow."""
    guide = rows.guide_to_change(guide_id)
    if post.withdrawn_at is not None:
        guide.comment_count -= 1
    guide.revision += 1
