"""The engines behind the contract. They do not know each other."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.contract import Engine

ENGINES = ("whoosh", "fts5", "postgresql", "memory")


def open_engine(name: str, path: Path, database_url: str = "", schema: str | None = None) -> Engine:
    """The engine of this name: over the folder `path`, or in a PostgreSQL database, perhaps in a schema of its own.

    Raises ValueError for a name not in `ENGINES`, and for `postgresql` without a database.
    """
    if name == "whoosh":
        from search.engines.whoosh import WhooshEngine

        return WhooshEngine(path)
    if name == "postgresql":
        from search.engines.postgres import PostgresEngine

        if not database_url.startswith("postgresql"):
            raise ValueError("the search engine postgresql needs the address of a PostgreSQL database")
        return PostgresEngine(database_url, schema)
    if name == "fts5":
        from search.engines.fts5 import Fts5Engine

        return Fts5Engine(path)
    if name == "memory":
        from search.engines.memory import MemoryEngine

        return MemoryEngine()
    raise ValueError(f"no search engine is called {name!r}; there are {', '.join(ENGINES)}")


@contextmanager
def temporary_engine(name: str, database_url: str = "") -> Iterator[Engine]:
    """The engine of this name on an empty index that is deleted afterwards. Raises what `open_engine` does."""
    with tempfile.TemporaryDirectory(prefix="search-") as place:
        if name == "postgresql" and database_url:
            from search.engines.postgres.temporary import temporary_schema

            with temporary_schema(database_url) as schema:
                yield from _opened(open_engine(name, Path(place), database_url, schema))
            return
        yield from _opened(open_engine(name, Path(place) / "index", database_url))


def _opened(engine: Engine) -> Iterator[Engine]:
    try:
        yield engine
    finally:
        engine.close()
