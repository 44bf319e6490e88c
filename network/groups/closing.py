"""What must not close with a group: features above say so before it does, in the same transaction.

A closed group is for its members, with all that is in it. What others rely on outside may leave it first.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, current_app

from network.subjects.viewer import Viewer

Leaves = Callable[[int, Viewer], None]


def before_closing(app: Flask, leaves: Leaves) -> None:
    """Call `leaves` with the id of a group that is about to close, and with who closes it."""
    app.extensions.setdefault("groups.closing", []).append(leaves)


def let_leave(group_id: int, viewer: Viewer) -> None:
    """Ask them all, in the open transaction, while the group is still open."""
    for leaves in current_app.extensions.get("groups.closing", ()):
        leaves(group_id, viewer)
