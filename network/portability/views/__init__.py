"""Taking guides along: single files, packs and their codes, archives."""

from __future__ import annotations

from network.core.web.area import Area

area = Area("portability", __name__)

from network.portability.views import archives, leaving, packs, printed, single  # noqa: E402  (they register themselves)

__all__ = ["archives", "area", "leaving", "packs", "printed", "single"]
