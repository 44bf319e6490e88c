"""The PostgreSQL engine as the contract wants it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from search.contract import Batch, Document, EngineError, Health, Query, Results
from search.engines.postgres import schema, searching
from search.engines.postgres.completing import complete
from search.engines.postgres.connections import Connections, MissingTable
from search.engines.postgres.frequencies import frequencies
from search.engines.postgres.rebuild import rebuilding
from search.engines.postgres.writing import Changes, analysed, storable


class PostgresEngine:
    """An index in tables of a PostgreSQL database. Any number of processes may read and write it.

    What one of them writes, all find at once.
    """

    def __init__(self, url: str, schema: str | None = None, *, time_limit: float = searching.TIME_LIMIT) -> None:
        """`time_limit` in seconds is when a search gives back what it has."""
        self._connections = Connections(url, schema)
        self._time_limit = time_limit
        self._open = True

    def put(self, documents: Sequence[Document]) -> None:
        self._check_open()
        ready = analysed(documents)
        if ready:
            with self._changes() as changes:
                changes.put(ready)

    def remove(self, keys: Iterable[str]) -> None:
        self._check_open()
        gone = [storable(key) for key in keys]
        if gone:
            with self._changes() as changes:
                changes.remove(gone)

    @contextmanager
    def _changes(self) -> Iterator[Changes]:
        """Changes of the index in use, which is made should there be none."""
        self._make_ready()
        with self._connections.writing() as session:
            changes = Changes(session, schema.current_to_write(session))
            yield changes
            changes.count_words()
            schema.save(session, changes.index)

    def _make_ready(self) -> None:
        try:
            with self._connections.reading(self._time_limit) as session:
                schema.current(session)
        except MissingTable:
            with self._connections.writing() as session:
                schema.ready(session)

    def search(self, query: Query) -> Results:
        self._check_open()
        return searching.search(self._connections, query, self._time_limit)

    def complete(self, prefix: str, audiences: frozenset[str], limit: int = 8) -> list[tuple[str, str]]:
        self._check_open()
        return complete(self._connections, prefix, audiences, limit)

    def frequencies(self, words: Iterable[str], audiences: frozenset[str]) -> Mapping[str, int]:
        self._check_open()
        return frequencies(self._connections, words, audiences)

    def versions(self) -> Mapping[str, int]:
        self._check_open()
        with searching.opened(self._connections, 60.0) as (session, index):
            return dict(session.rows(index.about("SELECT key, version FROM {documents}"))) if index else {}

    def health(self) -> Health:
        try:
            self._check_open()
            with searching.opened(self._connections, 10.0) as (session, index):
                if index is None:
                    return Health(0, 0, ok=True)
                if not schema.whole(session, index):
                    return Health(0, -1, ok=False, detail="a table of the search index is missing or does not find")
                row = session.row(index.about("SELECT count(*) FROM {documents}"))
        except EngineError as error:
            return Health(0, -1, ok=False, detail=str(error))
        held = row[0] if row else 0
        if held != index.documents:
            return Health(held, index.changes, ok=False, detail="documents were taken out of the search index's tables")
        return Health(held, index.changes, ok=True)

    def filled(self) -> bool:
        try:
            with searching.opened(self._connections, self._time_limit) as (_, index):
                return index is not None and index.filled and index.form == schema.VERSION
        except EngineError:
            return False

    def needs_rebuild(self) -> bool:
        try:
            with searching.opened(self._connections, self._time_limit) as (session, index):
                if index is None or not index.filled or index.form != schema.VERSION:
                    return True
                return not schema.whole(session, index)
        except EngineError:
            return True

    @contextmanager
    def rebuild(self) -> Iterator[Batch]:
        self._check_open()
        with rebuilding(self._connections) as new:
            yield new

    def close(self) -> None:
        self._open = False
        self._connections.close()

    def _check_open(self) -> None:
        if not self._open:
            raise EngineError("the search engine is closed")
