"""What happens to the use of guides, told to whoever follows."""

from __future__ import annotations

from dataclasses import dataclass

from network.core.events import Event
from network.library.events import GuideEvent


@dataclass(frozen=True)
class GuideUsed(GuideEvent):
    """Somebody began or stopped to use a guide, or said how it went: its figure may be another."""

    name = "guide.used"


@dataclass(frozen=True)
class GuideChangeMatters(Event):
    """A new version changes what users of the guide do, says whoever published it."""

    name = "guide.change_matters"
    id: int
    version: int
