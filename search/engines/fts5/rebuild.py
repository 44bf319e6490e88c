"""Fills a new index beside the one in use."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from search.contract import Document, EngineError
from search.documents import latest_only
from search.engines.directory import Home
from search.engines.fts5 import writing
from search.engines.fts5.database import Database, create
from search.engines.fts5.failures import reading
from search.engines.fts5.schema import FILLED, FILLING

# How long a switch waits for a commit into the old index to end.
_SWITCH_SECONDS = 30.0


class NewIndex:
    """The index being filled. Nobody reads it yet, so it is not protected against a crash."""

    def __init__(self, path: Path) -> None:
        self.path = path
        create(path)
        self._connection = Database(path).connect()
        with reading("preparing to fill"):
            self._connection.execute("PRAGMA journal_mode = OFF")
            self._connection.execute("PRAGMA synchronous = OFF")
            self._connection.execute("PRAGMA cache_size = -64000")
            self._connection.executescript(FILLING)
            self._connection.execute("BEGIN")
        self._keys: set[str] = set()

    def put(self, documents: Sequence[Document]) -> None:
        """Adds the documents, each replacing what stood under its key."""
        latest = latest_only(documents)
        again = [document.key for document in latest if document.key in self._keys]
        writing.change(self._connection, latest, again)
        self._keys.update(document.key for document in latest)

    def finish(self) -> None:
        """Brings the postings together and the file to disk."""
        with reading("finishing the new index"):
            self._connection.execute("COMMIT")
            self._connection.executescript(FILLED)
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.close()

    def give_up(self, error: BaseException) -> None:
        """Deletes the files."""
        self._connection.close()
        shutil.rmtree(self.path, ignore_errors=True)


@contextmanager
def switching(home: Home) -> Iterator[None]:
    """What stands around the switch to a new index."""
    with _no_writer(home), reading("switching to the new index"):
        yield


@contextmanager
def _no_writer(home: Home) -> Iterator[None]:
    """Keeps writers out of the index in use, so that none commits into it after the switch."""
    connection: sqlite3.Connection | None = None
    try:
        current = home.current()
        if current is not None:
            connection = Database(home.path_of(current)).connect(_SWITCH_SECONDS)
            with reading("keeping writers out"):
                connection.execute("BEGIN IMMEDIATE")
    except EngineError as error:
        if type(error) is not EngineError:
            raise
        # Nobody can write into an index that cannot be opened.
    try:
        yield
    finally:
        if connection is not None:
            connection.close()
