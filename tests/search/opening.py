"""The engines that must keep the contract, each opened on an empty index and put away again.

A new engine joins with one line in `OPENINGS`: a context manager that is given an empty
folder of its own, sets up what it needs, and skips the test where that is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

from search.contract import Engine
from search.engines import open_engine, temporary_engine
from tests.support.postgres import shared_postgres

Opening = Callable[[Path], AbstractContextManager[Engine]]


@contextmanager
def in_folder(name: str, folder: Path) -> Iterator[Engine]:
    """An engine that keeps all it has in its folder."""
    engine = open_engine(name, folder / "index")
    try:
        yield engine
    finally:
        engine.close()


@contextmanager
def in_database(_folder: Path) -> Iterator[Engine]:
    """The PostgreSQL engine, in a schema of its own on a server that runs as long as the tests do."""
    with temporary_engine("postgresql", shared_postgres()) as engine:
        yield engine


OPENINGS: dict[str, Opening] = {
    "whoosh": partial(in_folder, "whoosh"),
    "postgresql": in_database,
    "fts5": partial(in_folder, "fts5"),
    "memory": partial(in_folder, "memory"),
}

# Engines that give the very scores of the reference, so that they can be compared hit by hit.
SCORED_ALIKE = ("whoosh", "fts5", "postgresql")
