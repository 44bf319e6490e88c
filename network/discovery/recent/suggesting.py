"""One's own earlier searches among the suggestions while typing."""

from __future__ import annotations

from urllib.parse import urlencode

from network.discovery.recent.queries import recent
from network.discovery.suggesting.suggestions import MOST_OWN, Suggestion
from network.subjects.viewer import Viewer


def earlier(viewer: Viewer, text: str) -> list[Suggestion]:
    """Those that begin with what has been typed."""
    texts = recent(viewer, text, MOST_OWN)
    return [Suggestion(own, "Your earlier search", "/search?" + urlencode({"q": own})) for own in texts]
