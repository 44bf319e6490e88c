"""The pages of discussions."""

from __future__ import annotations

from network.core.web.area import Area

area = Area("discussions", __name__)
# Numbers that fit the databases' integers; longer ones are no pages.
NUMBER = "<int(max=2147483647):number>"
PAGE = f"/groups/<slug>/discussions/{NUMBER}-<words>"
POST = f"{PAGE}/posts/<int(max=2147483647):post>"

from network.discussions.views import (  # noqa: E402
    accepting,
    changing,
    in_group,
    posts,
    questions,
    reading,
    sharing,
    starting,
)

__all__ = ["accepting", "area", "changing", "in_group", "posts", "questions", "reading", "sharing", "starting"]
