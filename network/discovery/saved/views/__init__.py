"""The pages of saved searches."""

from __future__ import annotations

from network.core.web.area import Area

area = Area("saved", __name__)

from network.discovery.saved.views import feeds, keeping, stopping, topics  # noqa: E402

__all__ = ["area", "feeds", "keeping", "stopping", "topics"]
