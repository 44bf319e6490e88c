"""The addresses of the interface, and the page about it."""

from __future__ import annotations

from network.api.addresses import BASE
from network.api.area import ReadingArea

area = ReadingArea("api", __name__, url_prefix=BASE)

# They add their addresses, in the order in which they are described.
from network.api.views import guides, search, places, groups, discussions, documents  # noqa: E402, F401, I001
