"""What the library shows beside a discussion: that it is worth keeping, or the guide that it became."""

from __future__ import annotations

from network.library.turning.queries import offer
from network.subjects.panels import Panel
from network.subjects.viewer import Viewer


def beside_discussion(viewer: Viewer, discussion_id: int) -> Panel | None:
    """For members: whoever may read a discussion may make a draft of it."""
    if not viewer.signed_in:
        return None
    return Panel("library/turning/panel.html", {"id": discussion_id, "offer": offer(viewer, discussion_id)})
