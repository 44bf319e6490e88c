"""The reference engine as the contract wants it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from search.completion import begun_words, completes
from search.content import content_of
from search.contract import Batch, Document, EngineBusy, EngineError, Health, Query, Results
from search.engines.memory.entry import Entry
from search.engines.memory.searching import Search
from search.plan import words_of


class MemoryEngine:
    """The reference engine. Not for more than some thousand documents."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}
        self._generation = 0
        self._lock = threading.Lock()
        self._rebuilding = threading.Lock()
        self._open = True

    def put(self, documents: Sequence[Document]) -> None:
        entries = {document.key: Entry(document, content_of(document)) for document in documents}
        with self._lock:
            self._check_open()
            self._entries = {**self._entries, **entries}
            self._generation += 1

    def remove(self, keys: Iterable[str]) -> None:
        gone = set(keys)
        with self._lock:
            self._check_open()
            self._entries = {key: entry for key, entry in self._entries.items() if key not in gone}
            self._generation += 1

    def search(self, query: Query) -> Results:
        self._check_open()
        started = time.perf_counter()
        return Search(tuple(self._entries.values()), query).results(started)

    def complete(self, prefix: str, audiences: frozenset[str], limit: int = 8) -> list[tuple[str, str]]:
        self._check_open()
        words = begun_words(prefix)
        found = [
            entry.document
            for entry in self._entries.values()
            if entry.document.audience in audiences and completes(entry.document.title, words)
        ]
        found.sort(key=lambda document: (-document.uses, len(document.title), document.title, document.key))
        return [(document.title, document.key) for document in found[: max(0, limit)]]

    def frequencies(self, words: Iterable[str], audiences: frozenset[str]) -> Mapping[str, int]:
        self._check_open()
        entries = tuple(self._entries.values())
        languages = {entry.document.language for entry in entries}
        visible = [entry for entry in entries if entry.document.audience in audiences]
        found = {}
        for word in words:
            parts = words_of(word, languages)
            found[word] = sum(bool(parts) and all(map(entry.holds, parts)) for entry in visible)
        return found

    def versions(self) -> Mapping[str, int]:
        self._check_open()
        return {key: entry.document.version for key, entry in self._entries.items()}

    def health(self) -> Health:
        return Health(len(self._entries), self._generation, ok=self._open, detail="" if self._open else "closed")

    def needs_rebuild(self) -> bool:
        return False

    @contextmanager
    def rebuild(self) -> Iterator[Batch]:
        self._check_open()
        if not self._rebuilding.acquire(blocking=False):
            raise EngineBusy("another rebuild is running")
        try:
            new = MemoryEngine()
            yield new
            with self._lock:
                self._entries = new._entries
                self._generation += 1
        finally:
            self._rebuilding.release()

    def close(self) -> None:
        self._open = False

    def _check_open(self) -> None:
        if not self._open:
            raise EngineError("the engine is closed")
