"""The page on which mails about replies are stopped."""

from network.core.web.area import Area

area = Area("telling", __name__)

from network.threads.telling.views import stopping  # noqa: E402  (the views register themselves on the area)

__all__ = ["area", "stopping"]
