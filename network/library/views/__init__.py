"""The library's pages: lists, topics, guides, their history, and writing."""

from __future__ import annotations

from network.core.web.area import Area

area = Area("library", __name__)

from network.library.views import (  # noqa: E402  (views register themselves on the area)
    comments,
    drafts,
    editing,
    ending,
    history,
    listing,
    reading,
    topics,
    writing,
)

__all__ = ["area", "comments", "drafts", "editing", "ending", "history", "listing", "reading", "topics", "writing"]
