"""Who keeps the glossary."""

from __future__ import annotations

from network.subjects.viewer import Viewer

ONLY = "Moderators and administrators keep the glossary."


def may_keep(viewer: Viewer) -> bool:
    """Moderators and administrators add, change and retire entries."""
    return viewer.is_moderator
