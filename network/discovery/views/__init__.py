"""The addresses of search: the page, suggestions while typing, and what browsers ask to offer it."""

from __future__ import annotations

from network.core.web.area import Area

area = Area("discovery", __name__)

from network.discovery.views import opensearch, search, suggest  # noqa: E402, F401  (they add their addresses)
