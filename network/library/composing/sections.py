"""What writing shows on a guide's page: to its writer, and nobody else, that they have an unfinished edit of it."""

from __future__ import annotations

from flask import g

from network.library.composing.queries import edit_kept_at
from network.library.queries.reading import GuidePage
from network.library.rules import may_check
from network.library.sections import Section


def unfinished(page: GuidePage) -> Section | None:
    """Above the text. Asks the database only for those who may edit the guide."""
    if not may_check(g.viewer, page.standing):
        return None
    at = edit_kept_at(page.id, g.viewer.person_id)
    return Section("library/writing/unfinished.html", {"at": at}) if at is not None else None
