"""What the script of the writing page asks: to save a draft, to store a picture, for titles to link to."""

from __future__ import annotations

from network.core.web.area import Area

area = Area("composing", __name__)

from network.library.composing.views import pictures, saving, titles  # noqa: E402  (views register themselves)

__all__ = ["area", "pictures", "saving", "titles"]
