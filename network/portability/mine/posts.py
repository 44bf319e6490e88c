"""A person's posts and comments, each as a Markdown file at the address of its page.

Their words are theirs wherever they stand, in a closed group that they have left too. What somebody who keeps order
hid is hidden here as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import or_, select

from network.core.db import db
from network.core.web.addresses import absolute
from network.discussions.models import Discussion
from network.groups.models import Group
from network.library.models import Guide
from network.library.suggestions.models import Suggestion
from network.portability.mine.places import GUIDE_COLUMNS, Place, discussion_place, guide_place, known
from network.portability.texts import Text, filled, front_matter, time_of
from network.subjects.viewer import Viewer
from network.subjects.visibility import may_read_group_content
from network.threads.addresses import post_address
from network.threads.models import Post

BATCH = 50
"""Three megabytes, when each is as long as a post may be."""


class Written(NamedTuple):
    """A post for the archive, and how the list of all of them names it."""

    text: Text
    place: str
    number: int
    at: datetime


def my_posts(viewer: Viewer) -> list[int]:
    """All that the viewer posted, in the order of their threads."""
    query = select(Post.id).where(Post.author_id == viewer.person_id).order_by(Post.thread_id, Post.number)
    return list(db.session.scalars(query))


def posts(viewer: Viewer, ids: Sequence[int]) -> Iterator[Written]:
    """These posts, some at a time."""
    for start in range(0, len(ids), BATCH):
        rows = db.session.execute(_query(viewer).where(Post.id.in_(ids[start : start + BATCH]))).all()
        db.session.rollback()
        yield from (_written(row, viewer) for row in rows)


def _query(viewer: Viewer) -> Any:
    return (
        select(
            *(Post.uuid, Post.number, Post.body, Post.created_at, Post.edited_at),
            *(Post.withdrawn_at, Post.withdrawn_by, Post.withdrawn_reason),
            (Discussion.accepted_post_id == Post.id).label("accepted"),
            Discussion.number.label("discussion"),
            Discussion.slug.label("discussion_slug"),
            Discussion.title.label("discussion_title"),
            Discussion.kind,
            Discussion.author_id.label("starter_id"),
            Discussion.withdrawn_at.label("discussion_withdrawn_at"),
            Discussion.withdrawn_by.label("discussion_withdrawn_by"),
            *(Group.id.label("group_id"), Group.openness, Group.slug.label("group_slug"), Group.name.label("group")),
            *GUIDE_COLUMNS,
            known(viewer).label("guide_known"),
            Suggestion.number.label("suggestion"),
        )
        .select_from(Post)
        .outerjoin(Discussion, Discussion.thread_id == Post.thread_id)
        .outerjoin(Group, Group.id == Discussion.group_id)
        .outerjoin(Suggestion, Suggestion.thread_id == Post.thread_id)
        .outerjoin(Guide, or_(Guide.thread_id == Post.thread_id, Guide.id == Suggestion.guide_id))
        .where(Post.author_id == viewer.person_id)
        .order_by(Post.thread_id, Post.number)
    )


def _written(row: Any, viewer: Viewer) -> Written:
    place = _place(row, viewer)
    hidden = row.withdrawn_at is not None and row.withdrawn_by != viewer.person_id
    fields = {
        "uuid": str(row.uuid),
        "address": absolute(post_address(place.address, row.number)) if place.address else None,
        **place.fields,
        "number": row.number,
        "written": time_of(row.created_at),
        "edited": time_of(row.edited_at),
        "accepted_answer": row.accepted or None,
        "hidden" if hidden else "withdrawn": time_of(row.withdrawn_at),
        # Why it was hidden is in somebody else's words.
        "reason": row.withdrawn_reason if not hidden or _inside(row, viewer) else None,
    }
    words = front_matter(filled(fields), "" if hidden else row.body)
    text = Text(f"{place.folder}/{row.number}.md", words, row.edited_at or row.created_at)
    return Written(text, place.name, row.number, row.created_at)


def _place(row: Any, viewer: Viewer) -> Place:
    if row.discussion is not None:
        return discussion_place(row, viewer)
    place = guide_place(row, "posts/library")
    if row.suggestion is None:
        return place
    below = f"/suggestions/{row.suggestion}"
    return Place(
        folder=place.folder + below,
        address=place.address and place.address + below,
        name=f"{place.name}, suggestion {row.suggestion}",
        fields={**place.fields, "suggestion": row.suggestion},
    )


def _inside(row: Any, viewer: Viewer) -> bool:
    if row.discussion is None:
        return bool(row.guide_known)
    return may_read_group_content(viewer, row.group_id, row.openness)
