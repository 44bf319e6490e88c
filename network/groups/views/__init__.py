"""The pages of groups."""

from __future__ import annotations

from network.core.web.area import Area

area = Area("groups", __name__)

from network.groups.views import changing, joining, listing, members, reading, starting  # noqa: E402

__all__ = ["area", "changing", "joining", "listing", "members", "reading", "starting"]
