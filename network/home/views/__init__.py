"""The front pages."""

from __future__ import annotations

from network.core.web.area import Area

area = Area("home", __name__)

from network.home.views import front, pages  # noqa: E402, F401
