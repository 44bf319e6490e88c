"""The words of discussions, for the index and for snippets: the posts joined, the accepted answer first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from network.core.text.plain import plain
from network.discussions.models import Discussion
from network.threads.queries import StandingPost, standing_posts

LARGEST = 20_000


class Part(NamedTuple):
    """One post within the text of its discussion: where it begins, and what it is."""

    start: int
    post: StandingPost


class Words(NamedTuple):
    """The text of a discussion and the posts in it."""

    text: str
    parts: tuple[Part, ...]


def texts(discussions: Sequence[Discussion], size: int = LARGEST) -> dict[int, Words]:
    """The words of each discussion by its id. No more posts are read into words than fit."""
    by_thread = {row.thread_id: row for row in discussions if row.thread_id is not None}
    posts: dict[int, list[StandingPost]] = defaultdict(list)
    for post in standing_posts(list(by_thread)):
        posts[post.thread_id].append(post)
    return {row.id: _joined(row, posts[thread_id], size) for thread_id, row in by_thread.items()}


def _joined(row: Discussion, posts: list[StandingPost], size: int) -> Words:
    text = ""
    parts: list[Part] = []
    for post in sorted(posts, key=lambda post: post.id != row.accepted_post_id):
        parts.append(Part(len(text), post))
        text += plain(post.html) + "\n"
        if len(text) >= size:
            break
    return Words(text[:size], tuple(parts))
