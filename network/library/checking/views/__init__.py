"""The pages of the care for guides: mine, the record of one, taking over, putting back, stopping mails."""

from __future__ import annotations

from network.core.web.area import Area

area = Area("checking", __name__)

from network.library.checking.views import keeping, mine, recorded, stopping  # noqa: E402  (views register themselves)

__all__ = ["area", "keeping", "mine", "recorded", "stopping"]
