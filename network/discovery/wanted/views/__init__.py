"""The pages of the board."""

from __future__ import annotations

from network.core.web.area import Area

area = Area("wanted", __name__)

from network.discovery.wanted.views import board, moderating, wanting, writing  # noqa: E402

__all__ = ["area", "board", "moderating", "wanting", "writing"]
