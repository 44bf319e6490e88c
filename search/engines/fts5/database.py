"""One index file, read by any number of threads and written by one process at a time.

SQLite's write-ahead log lets readers go on beside the writer, shows each of them one
commit from beginning to end, and frees the lock of a process that dies.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.contract import EngineError
from search.engines.fts5.failures import reading
from search.engines.fts5.schema import TABLES

FILE = "index.db"
# How long to wait for moments in which SQLite locks readers out, such as after a crash.
_MOMENT = 2.0
# Thousands of bytes of the file that each connection keeps in memory.
_CACHE = 4_000


def create(path: Path) -> None:
    """Makes an empty index in an empty folder."""
    with reading("creating the index"):
        connection = sqlite3.connect(path / FILE, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(f"BEGIN;{TABLES}COMMIT;")
        connection.close()


class Database:
    """The file in a folder, with connections that wait for work."""

    def __init__(self, path: Path) -> None:
        self.path = path / FILE
        self._idle: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._closed = False
        self._file = self._identity()

    def _identity(self) -> tuple[int, int]:
        with reading("looking for the index"):
            found = os.stat(self.path)
        return found.st_dev, found.st_ino

    def connect(self, wait: float = _MOMENT) -> sqlite3.Connection:
        """A connection of its own. A file that is not there is not made."""
        with reading("opening the index"):
            connection = sqlite3.connect(
                f"{self.path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None,
                check_same_thread=False, timeout=wait, cached_statements=50,
            )  # fmt: skip
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(f"PRAGMA cache_size = -{_CACHE}")
        return connection

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one commit until the block ends."""
        if self._identity() != self._file:
            raise EngineError("the search index has been replaced by another file")
        connection = self._take()
        try:
            with reading("beginning to read"):
                connection.execute("BEGIN")
            yield connection
        finally:
            self._give_back(connection)

    def _take(self) -> sqlite3.Connection:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        return self.connect()

    def _give_back(self, connection: sqlite3.Connection) -> None:
        try:
            connection.rollback()
        except sqlite3.Error:
            connection.close()
            return
        with self._lock:
            if not self._closed:
                self._idle.append(connection)
                return
        connection.close()

    @contextmanager
    def writing(self, wait: float = 0.0) -> Iterator[sqlite3.Connection]:
        """The one writer; commits at the end, or takes everything back. Raises EngineBusy while there is another."""
        connection = self.connect(wait)
        try:
            with reading("beginning to write"):
                connection.execute("BEGIN IMMEDIATE")
            yield connection
            with reading("committing"):
                connection.execute("COMMIT")
        finally:
            # What has not been committed goes with the connection.
            connection.close()

    def close(self) -> None:
        """Closes the connections; one in use, when its user is done."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()
