"""Who runs the service."""

from __future__ import annotations

from network.subjects.viewer import Viewer

ONLY = "Administrators keep the topics and the organisations."


def may_administer(viewer: Viewer) -> bool:
    """Administrators alone."""
    return viewer.is_administrator
