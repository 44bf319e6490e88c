"""Networks that are made once a process and copied for each test, at a tenth of what making them again would cost."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask

from network.core.db import db
from tests.support.app import make_app
from tests.support.postgres import fresh_database


@dataclass(frozen=True)
class Made:
    """Where a network lies that is not running; `filled` is what its filling told of it."""

    folder: Path
    database: str
    filled: Any


@contextmanager
def making(folder: Path, server: str, *, fill: Callable[[Flask], Any] | None = None) -> Iterator[Made]:
    """A network to copy, with a seed and what `fill` adds, in a SQLite file or a database of a PostgreSQL server."""
    with database(server) as environ:
        app = make_app(folder, **environ)
        filled = fill(app) if fill else None
        close(app)
        yield Made(folder, _name(environ), filled)


@contextmanager
def copied(like: Made, folder: Path, server: str) -> Iterator[Flask]:
    """An application on a copy, which ends with the test."""
    shutil.copytree(like.folder, folder)
    with database(server, like=like.database) as environ:
        app = make_app(folder, made=True, **environ)
        yield app
        close(app)


@contextmanager
def database(server: str, **like: str) -> Iterator[dict[str, str]]:
    """The setting that says where the database is; SQLite's is in the folder of all data."""
    if not server:
        yield {}
        return
    with fresh_database(server, **like) as url:
        yield {"DATABASE_URL": url}


def _name(environ: dict[str, str]) -> str:
    return environ.get("DATABASE_URL", "").partition("?")[0].rpartition("/")[2]


def close(app: Flask) -> None:
    """Let go of its database and its index."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    found = app.extensions.pop("search_engine", None)
    if found is not None:
        found.close()
