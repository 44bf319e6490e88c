"""The page behind the link that stops mails about being named co-author."""

from __future__ import annotations

from network.core.web.area import Area

area = Area("naming", __name__)

from network.library.naming.views import stopping  # noqa: E402  (the view registers itself on the area)

__all__ = ["area", "stopping"]
