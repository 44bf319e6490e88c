"""What happens to the use of guides, told to whoever follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from network.core.events import Event
from network.library.events import GuideEvent


@dataclass(frozen=True)
class GuideUsed(GuideEvent):
    """Somebody began or stopped to use a guide, or said how it went: its figure may be another."""

    name: ClassVar[str] = "guide.used"


@dataclass(frozen=True)
class GuideChangeMatters(Event):
    """A new version changes what users of the guide do, says whoever published it."""

    name: ClassVar[str] = "guide.change_matters"

    id: int
    version: int
