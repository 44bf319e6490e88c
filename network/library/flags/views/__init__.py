"""The pages of flags: what was said of a guide, saying it, answering, taking it back."""

from __future__ import annotations

from network.core.web.area import Area

area = Area("flags", __name__)

from network.library.flags.views import answering, raising  # noqa: E402  (views register themselves on the area)

__all__ = ["answering", "area", "raising"]
