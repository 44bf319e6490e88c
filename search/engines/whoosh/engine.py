"""The Whoosh engine as the contract wants it."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from whoosh.writing import SegmentWriter

from search.contract import Batch, Document, EngineError, Health, Query, Results
from search.documents import latest_only
from search.engines.directory import Current, Home
from search.engines.whoosh import searching, writing
from search.engines.whoosh.bitsets import members
from search.engines.whoosh.completing import complete
from search.engines.whoosh.holder import Holder
from search.engines.whoosh.rebuild import NewIndex, switching
from search.engines.whoosh.schema import VERSION


class WhooshEngine:
    """An index in a folder. Many processes may read it; one at a time may write.

    What this process writes it finds at once; what another writes, within about a second.
    """

    def __init__(self, path: Path | str, *, time_limit: float = searching.TIME_LIMIT) -> None:
        """`time_limit`: after so many seconds of work a search gives back what it has."""
        self._home = Home(Path(path), VERSION)
        self._time_limit = time_limit
        self._writing = threading.Lock()
        self._holder = Holder(self._home)
        self._open = True

    def put(self, documents: Sequence[Document]) -> None:
        latest = latest_only(documents)
        if not latest:
            return
        with self._writer() as opened:
            writing.delete(opened, [document.key for document in latest])
            writing.add(opened, latest)
        self._holder.reload()

    def remove(self, keys: Iterable[str]) -> None:
        gone = list(dict.fromkeys(keys))
        if not gone or self._home.current() is None:
            return
        with self._writer() as opened:
            writing.delete(opened, gone)
        self._holder.reload()

    @contextmanager
    def _writer(self) -> Iterator[SegmentWriter]:
        """The writer of the index in use. Should a rebuild switch meanwhile, the new one's."""
        self._check_open()
        with self._writing:
            while True:
                current = self._current_to_write()
                with writing.writer(self._home.path_of(current)) as opened:
                    if self._home.current() == current:
                        yield opened
                        return

    def _current_to_write(self) -> Current:
        current = self._home.current()
        if current is None:
            path = self._home.new_directory()
            writing.create(path)
            self._home.use(path, filled=False)
            return self._current_to_write()
        if current.schema != VERSION:
            raise EngineError("the search index has another form and must be rebuilt before it is written")
        return current

    def search(self, query: Query) -> Results:
        self._check_open()
        return searching.search(self._holder.snapshot(), query, self._time_limit)

    def complete(self, prefix: str, audiences: frozenset[str], limit: int = 8) -> list[tuple[str, str]]:
        self._check_open()
        return complete(self._holder.snapshot(), prefix, audiences, limit)

    def frequencies(self, words: Iterable[str], audiences: frozenset[str]) -> Mapping[str, int]:
        self._check_open()
        return searching.frequencies(self._holder.snapshot(), words, audiences)

    def versions(self) -> Mapping[str, int]:
        self._check_open()
        found = {}
        for leaf in self._holder.reload().leaves:
            for number in members(leaf.living):
                found[leaf.segment.keys[number]] = leaf.segment.versions[number]
        return found

    def health(self) -> Health:
        try:
            self._check_open()
            snapshot = self._holder.reload()
            snapshot.sample()
        except EngineError as error:
            return Health(0, -1, ok=False, detail=str(error))
        return Health(snapshot.documents, snapshot.generation, ok=True)

    def filled(self) -> bool:
        return self._home.filled()

    def needs_rebuild(self) -> bool:
        try:
            if not self.filled():
                return True
            self._holder.reload().sample()
        except EngineError:
            return True
        return False

    @contextmanager
    def rebuild(self) -> Iterator[Batch]:
        self._check_open()
        with self._home.filling(NewIndex, switching(self._home)) as new:
            yield new
        self._holder.reload()

    def close(self) -> None:
        self._open = False
        self._holder.close()

    def _check_open(self) -> None:
        if not self._open:
            raise EngineError("the search engine is closed")
