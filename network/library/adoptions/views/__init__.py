"""Pages about the use of guides."""

from __future__ import annotations

from network.core.web.area import Area

area = Area("adoptions", __name__)

from network.library.adoptions.views import (  # noqa: E402  (views register themselves on the area)
    answering,
    ending,
    hiding,
    listing,
    using,
)

__all__ = ["answering", "area", "ending", "hiding", "listing", "using"]
