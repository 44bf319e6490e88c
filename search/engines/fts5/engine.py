"""The FTS5 engine as the contract wants it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from search.contract import Batch, Document, EngineBusy, EngineError, Health, Query, Results
from search.documents import latest_only
from search.engines.directory import Current, Home
from search.engines.fts5 import searching, writing
from search.engines.fts5.completing import complete, frequencies
from search.engines.fts5.database import create
from search.engines.fts5.failures import reading
from search.engines.fts5.index import Index, Reader
from search.engines.fts5.rebuild import NewIndex, switching
from search.engines.fts5.schema import CURRENT, VERSION


class Fts5Engine:
    """An index in a folder. Many processes may read it; one at a time may write.

    What any process has written, every process finds at once.
    """

    def __init__(self, path: Path | str, *, time_limit: float = searching.TIME_LIMIT) -> None:
        """`time_limit`: after so many seconds of work a search gives back what it has."""
        self._home = Home(Path(path), VERSION, CURRENT)
        self._time_limit = time_limit
        self._writing = threading.Lock()
        self._opening = threading.Lock()
        self._index: Index | None = None
        self._open = True

    def put(self, documents: Sequence[Document]) -> None:
        latest = latest_only(documents)
        if latest:
            self._change(latest, [document.key for document in latest])

    def remove(self, keys: Iterable[str]) -> None:
        gone = list(dict.fromkeys(keys))
        if gone:
            self._change([], gone)

    def _change(self, documents: Sequence[Document], gone: Sequence[str]) -> None:
        with self._writing, self._writer() as connection:
            writing.change(connection, documents, gone)

    @contextmanager
    def _writer(self) -> Iterator[sqlite3.Connection]:
        """A connection that writes the index in use. Should a rebuild switch meanwhile, the new one's."""
        while True:
            index = self._current()
            if index.current.schema != VERSION:
                raise EngineError("the search index has another form and must be rebuilt before it is written")
            with index.database.writing() as connection:
                if self._home.current() == index.current:
                    yield connection
                    return

    def _current(self) -> Index:
        """The index in use, opened; an empty one where there never was any."""
        self._check_open()
        current = self._home.current()
        with self._opening:
            if self._index is None or self._index.current != current:
                if self._index is not None:
                    self._index.close()
                    self._index = None
                self._index = Index(self._home, current or self._made())
            return self._index

    def _made(self) -> Current:
        with self._home.creating():
            current = self._home.current()
            if current is None:
                path = self._home.new_directory()
                create(path)
                self._home.use(path, filled=False)
                current = self._home.current()
        if current is None:
            raise EngineError("a new search index is gone already")
        return current

    @contextmanager
    def _reader(self) -> Iterator[Reader]:
        with self._used() as index, index.reader() as reader:
            yield reader

    @contextmanager
    def _used(self) -> Iterator[Index]:
        """The index in use, which is opened afresh next time if it turns out to be damaged."""
        index = self._current()
        try:
            yield index
        except EngineBusy:
            raise
        except EngineError:
            # What was read of a damaged index must not be trusted later.
            with self._opening:
                if self._index is index:
                    self._index = None
            index.close()
            raise

    def search(self, query: Query) -> Results:
        with self._reader() as reader:
            return searching.search(reader, query, self._time_limit)

    def complete(self, prefix: str, audiences: frozenset[str], limit: int = 8) -> list[tuple[str, str]]:
        with self._reader() as reader:
            return complete(reader, prefix, audiences, limit)

    def frequencies(self, words: Iterable[str], audiences: frozenset[str]) -> Mapping[str, int]:
        with self._reader() as reader:
            return frequencies(reader, words, audiences)

    def versions(self) -> Mapping[str, int]:
        with self._reader() as reader, reading("reading versions"):
            rows = reader.connection.execute("SELECT key, version FROM document")
            return {str(key): int(version) for key, version in rows}

    def health(self) -> Health:
        try:
            with self._used() as index:
                index.sample()
                with index.reader() as reader:
                    documents, generation = reader.view.statistics.documents, reader.view.generation
        except EngineError as error:
            return Health(0, -1, ok=False, detail=str(error))
        return Health(documents, generation, ok=True)

    def filled(self) -> bool:
        return self._home.filled()

    def needs_rebuild(self) -> bool:
        try:
            if not self.filled():
                return True
            with self._used() as index:
                index.sample()
        except EngineError:
            return True
        return False

    @contextmanager
    def rebuild(self) -> Iterator[Batch]:
        self._check_open()
        with self._home.filling(NewIndex, switching(self._home)) as new:
            yield new

    def close(self) -> None:
        self._open = False
        with self._opening:
            if self._index is not None:
                self._index.close()
            self._index = None

    def _check_open(self) -> None:
        if not self._open:
            raise EngineError("the search engine is closed")
