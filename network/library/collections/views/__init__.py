"""The pages of collections."""

from __future__ import annotations

from network.core.web.area import Area

area = Area("collections", __name__)

from network.library.collections.views import adding, ending, items, keeping, reading  # noqa: E402

__all__ = ["adding", "area", "ending", "items", "keeping", "reading"]
