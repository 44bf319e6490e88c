"""Who may change a post. Whether somebody may read the thread at all is decided by what it hangs under."""

from __future__ import annotations

from datetime import datetime

from network.subjects.viewer import Viewer


def may_edit(viewer: Viewer, author_id: int | None, withdrawn_at: datetime | None) -> bool:
    """Only the author changes the words, and only while they stand."""
    return _wrote(viewer, author_id) and withdrawn_at is None


def may_withdraw(viewer: Viewer, author_id: int | None, withdrawn_at: datetime | None) -> bool:
    """The author may take back what they wrote; a marker stays."""
    return _wrote(viewer, author_id) and withdrawn_at is None


def has_withdrawn(viewer: Viewer, author_id: int | None, withdrawn_at: datetime | None) -> bool:
    """What they wrote themselves is taken back already."""
    return _wrote(viewer, author_id) and withdrawn_at is not None


def may_hide(viewer: Viewer, author_id: int | None, withdrawn_at: datetime | None, *, keeps_order: bool) -> bool:
    """Whoever keeps order in this place may hide other people's posts, with a reason."""
    return keeps_order and viewer.signed_in and not _wrote(viewer, author_id) and withdrawn_at is None


def may_see_history(
    viewer: Viewer, author_id: int | None, withdrawn_at: datetime | None, withdrawn_by: int | None
) -> bool:
    """Every reader of the thread sees what an edited post said before. Of one that somebody else hid only its author
    does, for it is their own; of a withdrawn one nobody.
    """
    return withdrawn_at is None or (_wrote(viewer, author_id) and withdrawn_by != author_id)


def _wrote(viewer: Viewer, author_id: int | None) -> bool:
    return viewer.person_id is not None and viewer.person_id == author_id
