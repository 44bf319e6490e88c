"""What somebody chooses when they leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

STAY, MARKERS = "stay", "markers"
LEAVE, DELETE = "leave", "delete"
NAME, FORMER = "name", "former"
ADMINISTRATORS, WITHDRAW, HAND_OVER = "administrators", "withdraw", "hand-over"


@dataclass(frozen=True)
class Choices:
    """Posts, comments and flags stay under “Former member” or lose their words; collections stay or go; guides keep the
    name or that word.

    `facilitators` names a member for a group, by their ids; `guides` says what becomes of a guide that nobody inherits,
    and `heir_id` is who takes those that are handed over.
    """

    posts: str = STAY
    credit: str = FORMER
    collections: str = LEAVE
    facilitators: Mapping[int, int] = field(default_factory=dict)
    guides: Mapping[int, str] = field(default_factory=dict)
    heir_id: int | None = None
