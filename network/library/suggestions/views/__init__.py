"""The pages of suggestions."""

from __future__ import annotations

from network.core.web.area import Area

area = Area("suggestions", __name__)

from network.library.suggestions.views import (  # noqa: E402  (views register themselves on the area)
    answering,
    editing,
    kept,
    listing,
    reading,
    saving,
    stopping,
    suggesting,
    talking,
    withdrawing,
)

__all__ = [
    "answering",
    "area",
    "editing",
    "kept",
    "listing",
    "reading",
    "saving",
    "stopping",
    "suggesting",
    "talking",
    "withdrawing",
]
