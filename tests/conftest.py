"""Fixtures for everybody: an application on a real database, a client that checks pages, and the cast.

The database is a SQLite file, or with TEST_DATABASE=postgresql one of its own on a PostgreSQL that the run starts.
"""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from network.core.db import db
from tests.support.app import make_app
from tests.support.cast import Cast
from tests.support.postgres import fresh_database, shared_postgres
from tests.support.quick import folder_in_memory

ON_POSTGRES = os.environ.get("TEST_DATABASE") == "postgresql"


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Temporary files lie in memory unless somebody says where; the processes of a run get theirs from the first."""
    folder = folder_in_memory()
    if config.option.basetemp is None and not hasattr(config, "workerinput") and folder is not None:
        config.option.basetemp = str(folder)
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


def pytest_collection_finish() -> None:
    """What was imported and collected stays until the end; nobody need look through it for garbage again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def postgres() -> str:
    """The URI of a PostgreSQL server that runs as long as the tests do."""
    return shared_postgres()


@pytest.fixture(scope="session")
def seeded_database(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of a database with tables and a seed, which each test's own is a copy of."""
    with fresh_database(postgres) as url:
        _close(make_app(tmp_path_factory.mktemp("seeded"), DATABASE_URL=url))
        yield url.partition("?")[0].rpartition("/")[2]


@pytest.fixture(scope="session")
def seeded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as a file of SQLite."""
    folder = tmp_path_factory.mktemp("seeded")
    _close(make_app(folder))
    return folder / "network.sqlite"


@pytest.fixture
def app(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Flask]:
    """A fresh network: tables made, policy and “Ask anyone” there, nobody joined."""
    folder = tmp_path / "data"
    if not ON_POSTGRES:
        folder.mkdir(mode=0o700, exist_ok=True)
        shutil.copy(request.getfixturevalue("seeded_file"), folder / "network.sqlite")
        app = make_app(folder, made=True)
        yield app
        _close(app)
        return
    server, like = request.getfixturevalue("postgres"), request.getfixturevalue("seeded_database")
    with fresh_database(server, like=like) as url:
        app = make_app(folder, made=True, DATABASE_URL=url)
        yield app
        _close(app)


@pytest.fixture
def cast(app: Flask) -> Cast:
    """Makes people, organisations, topics and groups."""
    return Cast(app)


@pytest.fixture
def client(app: Flask) -> Any:
    """A visitor."""
    return app.test_client()


def _close(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    found = app.extensions.get("search_engine")
    if found is not None:
        found.close()
