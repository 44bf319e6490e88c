"""Fixtures for everybody: an application on a real database, a client that checks pages, and the cast.

The database is a SQLite file, or with TEST_DATABASE=postgresql one of its own on a PostgreSQL that the run starts.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from network.core.db import db
from tests.support.app import make_app
from tests.support.cast import Cast
from tests.support.postgres import fresh_database, shared_postgres

ON_POSTGRES = os.environ.get("TEST_DATABASE") == "postgresql"


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


@pytest.fixture
def app(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Flask]:
    """A fresh network: tables made, policy and “Ask anyone” there, nobody joined."""
    folder = tmp_path / "data"
    if not ON_POSTGRES:
        app = make_app(folder)
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
