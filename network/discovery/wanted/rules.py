"""Who may do what on the board: pure predicates."""

from __future__ import annotations

from network.subjects.viewer import Viewer


def may_want(viewer: Viewer, *, stands: bool) -> bool:
    """Members want, begin to write, and take back; nobody does so to what was hidden or merged."""
    return viewer.signed_in and stands


def may_refuse(viewer: Viewer, *, stands: bool, wants: bool) -> bool:
    """Only those who wanted it can say that a guide is not it."""
    return may_want(viewer, stands=stands) and wants


def may_moderate(viewer: Viewer, *, stands: bool) -> bool:
    """Moderators hide, and merge doubles."""
    return viewer.is_moderator and stands
