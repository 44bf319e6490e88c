"""What happens to guides, told to whoever follows: the index, the tallies, later notifications and webhooks."""

from __future__ import annotations

from dataclasses import dataclass

from network.core.events import Event
from network.subjects.registry import SubjectEvent

GUIDE = "guide"


@dataclass(frozen=True)
class GuideEvent(SubjectEvent):
    """Something happened to a guide that readers may know of."""


@dataclass(frozen=True)
class GuidePublished(GuideEvent):
    """A guide can be read for the first time."""

    name = "guide.published"


@dataclass(frozen=True)
class GuideImported(GuideEvent):
    """A guide came in with an import or was renewed by one. The index follows; nobody is told."""

    name = "guide.imported"


@dataclass(frozen=True)
class CoAuthorNamed(Event):
    """`by_id` named somebody co-author of a guide or a draft. Nobody but that person is told."""

    name = "guide.co_author_named"
    guide_id: int
    person_id: int
    by_id: int


@dataclass(frozen=True)
class GuideChanged(GuideEvent):
    """A guide has a new version, or is filed, owned or licensed differently."""

    name = "guide.changed"


@dataclass(frozen=True)
class GuideChecked(GuideEvent):
    """Somebody looked through the whole guide and says that it is still right."""

    name = "guide.checked"


@dataclass(frozen=True)
class GuideCheckTurned(GuideEvent):
    """A day has passed that made a guide's check due or overdue."""

    name = "guide.check_turned"


@dataclass(frozen=True)
class GuideFlagged(GuideEvent):
    """Somebody says that a guide is out of date, or is being mended. `flag_id` is what they said."""

    name = "guide.flagged"
    flag_id: int


@dataclass(frozen=True)
class GuideFlagAnswered(GuideEvent):
    """What somebody said of a guide is answered, or taken back."""

    name = "guide.flag_answered"
    flag_id: int


@dataclass(frozen=True)
class GuideSuperseded(GuideEvent):
    """A guide now points to the one that replaces it, or no longer does."""

    name = "guide.superseded"


@dataclass(frozen=True)
class GuideWithdrawn(GuideEvent):
    """A guide can no longer be read."""

    name = "guide.withdrawn"


@dataclass(frozen=True)
class GuideRestored(GuideEvent):
    """A withdrawn guide can be read again, at the same address."""

    name = "guide.restored"
