"""The numbers beside the filters of a library list that is not filtered; listeners.py counts them ahead."""

from __future__ import annotations

from sqlalchemy import func, select

from network.core.db import db
from network.library.models import LibraryTally
from network.subjects.viewer import Viewer

EVERYBODY = 0
Counts = dict[str, dict[str, int]]


def tallies(viewer: Viewer) -> Counts:
    """Numbers by facet and value, over all guides that the viewer may see; "all" has the total under ""."""
    scopes = [EVERYBODY, *sorted(viewer.group_ids)]
    rows = db.session.execute(
        select(LibraryTally.facet, LibraryTally.value, func.sum(LibraryTally.count))
        .where(LibraryTally.group_id.in_(scopes))
        .group_by(LibraryTally.facet, LibraryTally.value)
    )
    found: Counts = {}
    for facet, value, count in rows:
        found.setdefault(facet, {})[value] = int(count)
    return found
