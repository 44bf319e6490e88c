"""The numbers beside the filters of a library list that is not filtered; listeners.py counts them ahead."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from network.core.prepared import Prepared
from network.library.models import LibraryTally
from network.subjects.viewer import Viewer

EVERYBODY = 0
Counts = dict[str, dict[str, int]]


_ROWS = Prepared(
    select(LibraryTally.facet, LibraryTally.value, LibraryTally.count).where(
        LibraryTally.group_id.in_(bindparam("scopes", expanding=True))
    )
)


def tallies(viewer: Viewer) -> Counts:
    """Numbers by facet and value, over all guides that the viewer may see; "all" has the total under ""."""
    found: Counts = {}
    for facet, value, count in _ROWS.rows(scopes=[EVERYBODY, *viewer.group_ids]):
        numbers = found.setdefault(facet, {})
        numbers[value] = numbers.get(value, 0) + count
    return found
