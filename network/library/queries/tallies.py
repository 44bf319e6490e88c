"""The numbers beside the filters of a library list that is not filtered; listeners.py counts them ahead.

What everybody may see is kept in memory: it is read on every visit and counted anew only when a guide changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from sqlalchemy import select

from network.core.kept import Kept
from network.core.prepared import Prepared, Row, each
from network.library.models import LibraryTally
from network.subjects.viewer import Viewer

EVERYBODY = 0
STATEMENTS_KEPT = 500
Counts = dict[str, dict[str, int]]


@lru_cache(STATEMENTS_KEPT)
def _of(scopes: frozenset[int]) -> Prepared:
    """Kept, because putting a statement together takes longer than running it."""
    here = LibraryTally.group_id.in_(each(sorted(scopes)))
    return Prepared(select(LibraryTally.facet, LibraryTally.value, LibraryTally.count).where(here))


def _read() -> Counts:
    return _added({}, _of(frozenset((EVERYBODY,))).rows())


PUBLIC = Kept("library-tallies", _read, LibraryTally)


def tallies(viewer: Viewer) -> Counts:
    """Numbers by facet and value, over all guides that the viewer may see; "all" has the total under ""."""
    found = {facet: dict(numbers) for facet, numbers in PUBLIC.value().items()}
    return _added(found, _of(viewer.group_ids).rows()) if viewer.group_ids else found


def _added(found: Counts, rows: Iterable[Row]) -> Counts:
    for facet, value, count in rows:
        numbers = found.setdefault(facet, {})
        numbers[value] = numbers.get(value, 0) + count
    return found
