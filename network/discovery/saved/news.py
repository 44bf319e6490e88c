"""What is new for a saved search: what its owner may read now, did not know of, and has changed since the last look.

One search in the index (newest first, the audience inside the query) and, for what it found and is not known yet, one
look at the database for the times. Looks overlap by a day, because the index may lag; what was told is known, so the
overlap tells nothing twice. The overlap is short, because somebody who joins a closed group does not want its past.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from network.core.db import db
from network.discovery.documents import documents, in_batches, split
from network.discovery.engine import engine
from network.discovery.saved.criteria import Criteria
from network.discovery.saved.models import KnownHit
from network.discovery.saved.queries import Saved
from network.subjects.registry import subjects
from network.subjects.viewer import Viewer
from search.contract import Document, EngineError

LOOKED_AT = 100
KNOWN_AT_FIRST = 200
OVERLAP = timedelta(days=1)
AT_A_TIME = 10


def matches(criteria: Criteria, audiences: frozenset[str], limit: int) -> tuple[list[str], int]:
    """Keys of what holds all the words, changed last first, and how many there are. Raises EngineError."""
    results = engine().search(criteria.query(audiences, limit))
    return [hit.key for hit in results.hits], results.total


def require_whole() -> None:
    """Raise EngineError while the index waits to be rebuilt: alerts from a part of it would be lost.

    This takes some twenty times as long as a search, so it is asked once for many.
    """
    if engine().needs_rebuild():
        raise EngineError("the index is not whole")


def known_at_first(criteria: Criteria, viewer: Viewer) -> tuple[list[str], bool]:
    """What a search finds when it is saved, and whether that is too much to be remembered.

    While the index is away only what is made from now on will be new.
    """
    try:
        keys, total = matches(criteria, viewer.audiences, KNOWN_AT_FIRST)
        if not keys:
            require_whole()
    except EngineError:
        return [], True
    return keys, total > len(keys)


def news(saved: Saved, viewer: Viewer) -> list[str]:
    """Keys of what is new for this search. Raises EngineError."""
    keys, _ = matches(saved.criteria, viewer.audiences, LOOKED_AT)
    known = known_of(saved.id, keys)
    fresh: list[str] = []
    for document in _documents([key for key in keys if key not in known]):
        if document.updated < saved.since:
            break
        if not saved.broad or document.created >= saved.since:
            fresh.append(document.key)
    return fresh


def known_of(saved_id: int, keys: Sequence[str]) -> set[str]:
    """Which of these a saved search knows."""
    query = select(KnownHit.key).where(KnownHit.saved_search_id == saved_id, KnownHit.key.in_(list(keys)))
    return set(db.session.scalars(query))


def times_of(keys: Sequence[str]) -> dict[str, tuple[datetime, datetime]]:
    """When each was made and changed."""
    return {document.key: (document.created, document.updated) for document in _documents(keys)}


def _documents(keys: Sequence[str]) -> Iterator[Document]:
    """In this order, a few at a time: whoever stops early has not loaded the rest."""
    for batch in in_batches(range(len(keys)), AT_A_TIME):
        ids: dict[str, list[int]] = defaultdict(list)
        for place in batch:
            subject, row_id = split(keys[place])
            ids[subject].append(row_id)
        found = {
            d.key: d for name, rows in ids.items() if name in subjects() for d in documents(subjects()[name], rows)
        }
        yield from (found[keys[place]] for place in batch if keys[place] in found)
