"""One index, opened: its file, and in memory its columns and the postings that were asked for."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

from search.analysis import tokens
from search.contract import EngineError
from search.engines.directory import Current, Home
from search.engines.fts5.bits import bits_of
from search.engines.fts5.columns import Columns, View
from search.engines.fts5.database import Database
from search.engines.fts5.failures import reading
from search.engines.fts5.postings import Postings
from search.engines.fts5.schema import TITLE, written
from search.engines.fts5.writing import state_of
from search.ranking import Statistics

_SAMPLED = 20
_NOTHING = View(-1, 0, 0, Statistics(0, 0.0, 0.0), frozenset())


class Reader:
    """One commit as one search sees it, from beginning to end."""

    def __init__(self, index: Index, connection: sqlite3.Connection, view: View) -> None:
        self.connection = connection
        self.view = view
        self.columns = index.columns
        self.postings = index.postings


class Index:
    """Safe for many threads."""

    def __init__(self, home: Home, current: Current) -> None:
        self.current = current
        self.database = Database(home.path_of(current))
        self.columns = Columns()
        self.postings = Postings()
        self._view = _NOTHING
        self._lock = threading.Lock()

    @contextmanager
    def reader(self) -> Iterator[Reader]:
        """The newest commit of any process."""
        while True:
            with self.database.snapshot() as connection:
                view = self._seen(connection)
                if view is not None:
                    yield Reader(self, connection, view)
                    return

    def _seen(self, connection: sqlite3.Connection) -> View | None:
        """The commit that the connection sees; None when another thread has gone on to a newer one meanwhile."""
        state = state_of(connection)
        view = self._view
        if view.generation < state.generation:
            with self._lock, reading("reading what has changed"):
                view = self._view
                if view.generation < state.generation:
                    new = self.columns.extend(connection, state.next)
                    gone = connection.execute("SELECT number FROM gone WHERE generation > ?", (view.generation,))
                    living = view.living | new
                    living ^= living & bits_of([number for (number,) in gone])
                    view = self._view = View(
                        state.generation, state.next, living,
                        Statistics(
                            state.documents,
                            state.title_words / max(1, state.documents),
                            state.body_words / max(1, state.documents),
                        ),
                        frozenset(self.columns.languages.counts(living)),
                    )  # fmt: skip
        return view if view.generation == state.generation else None

    def sample(self) -> None:
        """Looks whether some documents are found by their titles. Raises EngineError if not.

        It reads the file afresh, because open connections may remember what is no longer there.
        """
        connection = self.database.connect()
        try:
            with reading("sampling"):
                connection.execute("BEGIN")
                size = state_of(connection).next
                for start in range(0, size, max(1, size // _SAMPLED)):
                    _check(connection, start)
        finally:
            connection.close()

    def close(self) -> None:
        """Lets the file go."""
        self.database.close()


def _check(connection: sqlite3.Connection, start: int) -> None:
    """Looks at the first document from a number on."""
    query = "SELECT number, title, language FROM document WHERE number >= ? ORDER BY number LIMIT 1"
    for number, title, language in connection.execute(query, (start,)):
        for token in islice(tokens(title, language), 5):
            asked = f'{TITLE} : "{written(token.term)}"'
            found = connection.execute("SELECT 1 FROM said WHERE said MATCH ? AND rowid = ?", (asked, number))
            if not found.fetchone():
                raise EngineError("the search index does not hold what it should")
