"""The numbers beside the filters of a library list that is not filtered; listeners.py counts them ahead.

What everybody may see is kept in memory: it is read on every visit and counted anew only when a guide changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, select

from network.core.kept import Kept
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


def _read() -> Counts:
    return _added({}, _ROWS.rows(scopes=[EVERYBODY]))


PUBLIC = Kept("library-tallies", _read, LibraryTally)


def tallies(viewer: Viewer) -> Counts:
    """Numbers by facet and value, over all guides that the viewer may see; "all" has the total under ""."""
    found = {facet: dict(numbers) for facet, numbers in PUBLIC.value().items()}
    return _added(found, _ROWS.rows(scopes=sorted(viewer.group_ids))) if viewer.group_ids else found


def _added(found: Counts, rows: Iterable[Any]) -> Counts:
    for facet, value, count in rows:
        numbers = found.setdefault(facet, {})
        numbers[value] = numbers.get(value, 0) + count
    return found
