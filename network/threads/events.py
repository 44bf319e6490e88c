"""What happens to posts. The subject and id are those of the row that the thread hangs under."""

from __future__ import annotations

from dataclasses import dataclass

from network.subjects.registry import SubjectEvent


@dataclass(frozen=True)
class PostAdded(SubjectEvent):
    """Somebody replied or commented."""

    name = "post.added"
    post_id: int
    number: int
    author_id: int


@dataclass(frozen=True)
class PostEdited(SubjectEvent):
    """An author changed the words of a post."""

    name = "post.edited"
    post_id: int
    number: int


@dataclass(frozen=True)
class PostWithdrawn(SubjectEvent):
    """A post shows a marker in place of its words. `hidden` when it was not its author's doing."""

    name = "post.withdrawn"
    post_id: int
    number: int
    hidden: bool
