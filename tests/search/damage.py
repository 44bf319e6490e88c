"""What can happen to what an engine keeps, and each engine opened again on what is left of it."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psycopg

from search.contract import Engine
from search.engines import open_engine
from search.engines.fts5 import schema as fts5
from search.engines.fts5.database import FILE
from search.engines.postgres import PostgresEngine
from search.engines.postgres.schema import VERSION
from search.engines.postgres.temporary import temporary_schema
from tests.support.postgres import shared_postgres


@dataclass(frozen=True)
class Place:
    """Where an engine keeps its index. `opened` opens an engine on it, as another process would."""

    opened: Callable[[], Engine]
    harm: Callable[[str], object]


def empty(path: Path) -> None:
    """Nothing is in it any more."""
    path.write_bytes(b"")


def truncate(path: Path) -> None:
    """Half of it is gone."""
    os.truncate(path, path.stat().st_size // 2)


def truncate_little(path: Path) -> None:
    """Its end is gone."""
    os.truncate(path, path.stat().st_size - 5_000)


def zero(path: Path) -> None:
    """As long as before, and nothing in it."""
    path.write_bytes(bytes(path.stat().st_size))


def zero_all_but_the_head(path: Path) -> None:
    """It still says what it is."""
    data = path.read_bytes()
    path.write_bytes(data[:100] + bytes(len(data) - 100))


def garble(path: Path) -> None:
    """Something else stands in it."""
    path.write_bytes(random.Random(1).randbytes(path.stat().st_size))


def index_of(home: Path, current: str) -> Path:
    """The folder of the index in use."""
    return home / str(json.loads((home / current).read_text())["directory"])


def part_of(home: Path, current: str, pattern: str) -> Path:
    """A file of the index in use."""
    return next(index_of(home, current).glob(pattern))


def empty_directory(home: Path, current: str) -> None:
    """All files are gone."""
    for path in index_of(home, current).iterdir():
        path.unlink()


def delete_directory(home: Path, current: str) -> None:
    """The folder is gone as well."""
    shutil.rmtree(index_of(home, current))


def garble_current(home: Path, current: str) -> None:
    """Nobody can tell which index is in use."""
    (home / current).write_bytes(b"\xff\xfe nothing")


def point_current(home: Path, current: str, *, at: str) -> None:
    """Another folder is said to be in use."""
    (home / current).write_text(json.dumps({"directory": at, "schema": 1, "filled": True}))


FOLDERS: dict[str, Callable[[Path, str], None]] = {
    "files gone": empty_directory,
    "folder gone": delete_directory,
    "current garbled": garble_current,
    "current outside": partial(point_current, at="../elsewhere"),
    "current nowhere": partial(point_current, at="nowhere"),
}
# Per engine the file that names its index in use, and how which of its files are harmed.
CURRENT = {"whoosh": "current", "fts5": fts5.CURRENT}
FILES: dict[str, dict[str, tuple[Callable[[Path], None], ...]]] = {
    "whoosh": {
        "*.toc": (truncate, empty, garble, Path.unlink),
        "*.pst": (truncate, empty, zero, Path.unlink),
        "*.trm": (truncate, empty, zero, Path.unlink),
        "*record.col": (truncate, empty, zero, Path.unlink),
    },
    "fts5": {FILE: (truncate, truncate_little, empty, zero, zero_all_but_the_head, garble, Path.unlink)},
}
TABLES = {
    "documents dropped": "DROP TABLE search_1_documents",
    "words dropped": "DROP TABLE search_1_words",
    "values dropped": "DROP TABLE search_1_values",
    "documents emptied": "TRUNCATE search_1_documents",
    "inverted index dropped": "DROP INDEX search_1_terms_index",
    "titles' index dropped": "DROP INDEX search_1_titles_index",
    "a column dropped": "ALTER TABLE search_1_documents DROP terms",
    "vectors emptied": "UPDATE search_1_documents SET terms = ''",
    "table of indexes dropped": "DROP TABLE search_indexes",
    "table of indexes emptied": "DELETE FROM search_indexes",
    "column of the table of indexes dropped": "ALTER TABLE search_indexes DROP languages",
    "another form": f"UPDATE search_indexes SET form = {VERSION + 1}",
    "never filled": "UPDATE search_indexes SET filled = false",
}


def harms(name: str) -> list[str]:
    """What can happen to this engine's index."""
    if name == "postgresql":
        return list(TABLES)
    return [*FOLDERS, *(f"{harm.__name__} {part}" for part, some in FILES[name].items() for harm in some)]


@contextmanager
def in_folder(name: str, folder: Path) -> Iterator[Place]:
    """An index of files."""
    home, current = folder / "index", CURRENT[name]

    def harm(what: str) -> None:
        if what in FOLDERS:
            FOLDERS[what](home, current)
            return
        how, _, part = what.partition(" ")
        next(one for one in FILES[name][part] if one.__name__ == how)(part_of(home, current, part))

    yield Place(lambda: open_engine(name, home), harm)


@contextmanager
def in_database(_folder: Path) -> Iterator[Place]:
    """An index of tables."""
    with temporary_schema(shared_postgres()) as schema:

        def harm(what: str) -> None:
            with psycopg.connect(shared_postgres(), autocommit=True) as connection:
                connection.execute(f'SET search_path = "{schema}"; {TABLES[what]}'.encode())

        yield Place(lambda: PostgresEngine(shared_postgres(), schema), harm)


PLACES: dict[str, Callable[[Path], AbstractContextManager[Place]]] = {
    "whoosh": partial(in_folder, "whoosh"),
    "fts5": partial(in_folder, "fts5"),
    "postgresql": in_database,
}
