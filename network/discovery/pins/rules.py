"""Who decides what a search shows first or leaves out."""

from __future__ import annotations

from network.subjects.viewer import Viewer

ONLY = "Moderators and administrators decide what a search shows first."


def may_decide(viewer: Viewer) -> bool:
    """Moderators and administrators."""
    return viewer.is_moderator
