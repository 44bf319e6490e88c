"""Making the draft. Inside a transaction; nothing here commits."""

from __future__ import annotations

from collections.abc import Iterable

from network.core.db import db
from network.library.actions.drafting import create_draft
from network.library.content import Content
from network.library.models import Guide
from network.library.rules import may_put_in
from network.library.turning import queries
from network.library.turning.models import GuideOrigin
from network.library.turning.queries import Source
from network.subjects.rules import require
from network.subjects.viewer import Viewer


class PostsChanged(Exception):
    """Somebody edited or withdrew one of the posts after the text was put together."""


def draft_from_discussion(
    *,
    viewer: Viewer,
    found: Source,
    post_bodies: dict[int, str],
    content: Content,
    co_author_ids: Iterable[int] = (),
) -> Guide:
    """A draft of the viewer's, in the discussion's group when that is closed or they may put it there.

    `post_bodies` are the words of the posts, by their ids, as they were put into the content. Raises PostsChanged when
    one of them reads otherwise now, or stands no more; NotAllowed for those who may not read the discussion.
    """
    now = queries.source(viewer, found.id)
    require(now is not None, "You cannot see this discussion any more.")
    assert now is not None
    standing = {post.id: post.body for post in queries.posts(now)}
    if any(standing.get(post_id) != body for post_id, body in post_bodies.items()):
        raise PostsChanged
    guide = create_draft(
        viewer=viewer,
        content=content,
        group_id=now.group_id if now.closed or may_put_in(viewer, now.group_id) else None,
        co_author_ids=co_author_ids,
    )
    db.session.add(GuideOrigin(guide_id=guide.id, discussion_id=now.id, group_id=now.group_id))
    return guide
