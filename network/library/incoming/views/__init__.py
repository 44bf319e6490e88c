"""The pages of an import: uploading, looking through the list, waiting, and what came of it."""

from __future__ import annotations

from network.core.web.area import Area

area = Area("incoming", __name__)

from network.library.incoming.views import showing, uploading  # noqa: E402  (views register themselves on the area)

__all__ = ["area", "showing", "uploading"]
