"""The pages of people."""

from __future__ import annotations

from network.core.web.area import Area

area = Area("people", __name__)

from network.people.views import joining, photo, reading, settings  # noqa: E402  (they register themselves on the area)

__all__ = ["area", "joining", "photo", "reading", "settings"]
