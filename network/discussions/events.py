"""What happens to discussions. Replies are told of by threads (PostAdded and its kin, with subject "discussion")."""

from __future__ import annotations

from dataclasses import dataclass

from network.subjects.registry import SubjectEvent


@dataclass(frozen=True)
class DiscussionStarted(SubjectEvent):
    """Somebody asked, announced or began to discuss something. `asked_person_id` is whom a question names."""

    name = "discussion.started"
    kind: str
    group_id: int
    author_id: int
    asked_person_id: int | None


@dataclass(frozen=True)
class DiscussionChanged(SubjectEvent):
    """Title or topics changed."""

    name = "discussion.changed"


@dataclass(frozen=True)
class DiscussionWithdrawn(SubjectEvent):
    """The whole discussion is gone; `hidden` when it was not its author's doing."""

    name = "discussion.withdrawn"
    hidden: bool


@dataclass(frozen=True)
class AnswerAccepted(SubjectEvent):
    """A question has an accepted answer, or another one than before."""

    name = "discussion.answer_accepted"
    post_id: int
    author_id: int | None
    former_author_id: int | None


@dataclass(frozen=True)
class AnswerUnaccepted(SubjectEvent):
    """A question has no accepted answer any more."""

    name = "discussion.answer_unaccepted"
    author_id: int | None
