"""Connections to the database, and the one place where its errors become the contract's.

A small pool of its own: the engine needs no more than one connection per thread that is
searching, and must get over a restart of the server without a failed search.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import errors, sql

from search.contract import EngineBusy, EngineError

log = logging.getLogger(__name__)

# Connections kept open while nobody uses them.
_KEPT = 4
_CONNECT_SECONDS = 5
# How long a writer waits for the one before it.
_LOCK_SECONDS = 5

# Compiling and starting parallel workers take longer than what they save here.
# Sequential scans would unpack every vector, which the planner does not know to be dear.
_SETTINGS = (
    "SET LOCAL jit = off; SET LOCAL work_mem = '64MB'; SET LOCAL enable_seqscan = off; "
    "SET LOCAL max_parallel_workers_per_gather = 0; "
)
_READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; " + _SETTINGS
_WRITING = (
    "BEGIN; " + _SETTINGS + f"SET LOCAL lock_timeout = '{_LOCK_SECONDS}s'; SET LOCAL synchronous_commit = off; "
    "SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL statement_timeout = 0; "
)


Statement = str | sql.Composed


class TooLong(EngineError):
    """A statement was stopped because its time was up."""


class MissingTable(EngineError):
    """A table or a column is not there."""


class Session:
    """One transaction."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection

    def run(self, statement: Statement, values: Sequence[Any] = ()) -> psycopg.Cursor[Any]:
        """Carries out a statement and gives its cursor."""
        written = statement.encode() if isinstance(statement, str) else statement
        cursor: psycopg.Cursor[Any] = self.connection.cursor(binary=True)
        return cursor.execute(written, values)

    def rows(self, statement: Statement, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows that a statement gives."""
        return self.run(statement, values).fetchall()

    def row(self, statement: Statement, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row that a statement gives."""
        found: tuple[Any, ...] | None = self.run(statement, values).fetchone()
        return found


class Connections:
    """Hands out transactions. Safe for threads, and for processes that were forked."""

    def __init__(self, url: str, schema: str | None = None) -> None:
        """With `schema` everything happens in that schema; without it, where the database puts it."""
        self._url = url.replace("postgresql+psycopg://", "postgresql://", 1)
        self._path = f'SET LOCAL search_path = "{schema}"; ' if schema else ""
        self._idle: list[psycopg.Connection[Any]] = []
        self._of_parent: list[psycopg.Connection[Any]] = []
        self._lock = threading.Lock()
        self._process = os.getpid()

    @contextmanager
    def reading(self, seconds: float) -> Iterator[Session]:
        """A transaction that sees one state of the index; each statement may take so many seconds."""
        with self._transaction(f"{_READING}SET LOCAL statement_timeout = {max(1, int(seconds * 1000))};") as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that is kept when the block ends well."""
        with self._transaction(_WRITING) as session:
            yield session

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Session]:
        with failures():
            connection = self._begun(begin + self._path)
        try:
            with failures():
                yield Session(connection)
                connection.execute("COMMIT")
        except BaseException:
            _roll_back(connection)
            raise
        finally:
            self._give_back(connection)

    def _begun(self, begin: str) -> psycopg.Connection[Any]:
        """A connection in a transaction. One that was kept may have died meanwhile, so a new one is tried then."""
        while kept := self._take():
            try:
                kept.execute(begin.encode())
            except psycopg.OperationalError:
                kept.close()
            else:
                return kept
        # Statements are not prepared: a plan made for one word is wrong for another.
        fresh = psycopg.connect(
            self._url,
            autocommit=True,
            prepare_threshold=None,
            connect_timeout=_CONNECT_SECONDS,
            application_name="search",
        )
        fresh.execute(begin.encode())
        return fresh

    def _take(self) -> psycopg.Connection[Any] | None:
        with self._lock:
            if self._process != os.getpid():
                # These are the parent's. Closing them here would end them there.
                self._of_parent, self._idle, self._process = self._idle, [], os.getpid()
            return self._idle.pop() if self._idle else None

    def _give_back(self, connection: psycopg.Connection[Any]) -> None:
        usable = not connection.closed and connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
        with self._lock:
            if usable and len(self._idle) < _KEPT:
                self._idle.append(connection)
                return
        connection.close()

    def close(self) -> None:
        """Closes what nobody uses."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()


def _roll_back(connection: psycopg.Connection[Any]) -> None:
    try:
        connection.rollback()
        if connection.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
            connection.execute("ROLLBACK")
    except psycopg.Error:
        connection.close()


@contextmanager
def failures() -> Iterator[None]:
    """Turns what the database raises into the contract's errors."""
    try:
        yield
    except errors.QueryCanceled as error:
        raise TooLong("a search took too long") from error
    except (errors.LockNotAvailable, errors.DeadlockDetected, errors.SerializationFailure) as error:
        raise EngineBusy("another writer holds the search index") from error
    except (errors.UndefinedTable, errors.UndefinedColumn) as error:
        raise MissingTable("a part of the search index's tables is missing") from error
    except (psycopg.Error, UnicodeError) as error:
        log.warning("search index unusable: %s: %s", type(error).__name__, str(error).splitlines()[:1])
        raise EngineError(f"the search index cannot be used ({type(error).__name__})") from error
