"""Who may do what with the files of a guide: pure predicates. A file is read by whoever may read its guide."""

from __future__ import annotations

from network.library.rules import Standing, may_edit
from network.subjects.viewer import Viewer


def may_change_files(viewer: Viewer, guide: Standing) -> bool:
    """Whoever may edit the guide or the draft adds, replaces, describes, orders and removes its files."""
    return may_edit(viewer, guide)
