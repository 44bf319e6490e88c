"""What happens to groups."""

from __future__ import annotations

from dataclasses import dataclass

from network.subjects.registry import SubjectEvent


@dataclass(frozen=True)
class GroupStarted(SubjectEvent):
    """A new group stands."""

    name = "group.started"


@dataclass(frozen=True)
class GroupChanged(SubjectEvent):
    """A group's name, purpose or topics changed."""

    name = "group.changed"


@dataclass(frozen=True)
class GroupClosed(SubjectEvent):
    """An open group was closed. What is in it changes its audience: AudienceChanged tells of that."""

    name = "group.closed"
