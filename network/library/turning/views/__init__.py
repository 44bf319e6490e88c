"""The page on which somebody chooses what goes into the guide."""

from __future__ import annotations

from network.core.web.area import Area

area = Area("turning", __name__)

from network.library.turning.views import choosing  # noqa: E402  (the view registers itself on the area)

__all__ = ["area", "choosing"]
