"""Fixtures for everybody: an application on a real database, a client that checks pages, and the cast.

The database is a SQLite file, or with TEST_DATABASE=postgresql one of its own on a PostgreSQL that the run starts.
"""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings

from tests.support import asked
from tests.support.canaries import Canaries, plant
from tests.support.cast import Cast
from tests.support.copies import Made, making
from tests.support.lending import lent
from tests.support.postgres import ON_POSTGRES, shared_postgres
from tests.support.quick import folder_in_memory

OWN = frozenset(("app", "seeded"))
"""Fixtures that give an application on the database that the run names, or what one is copied from."""

# How long an example takes says more of the machine than of us; and the examples of a test share its network.
settings.register_profile("ours", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
settings.load_profile("ours")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Temporary files lie in memory unless somebody says where; the processes of a run get theirs from the first."""
    folder = folder_in_memory()
    if config.option.basetemp is None and not hasattr(config, "workerinput") and folder is not None:
        config.option.basetemp = str(folder)
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL runs what has an application of its own on it, nothing else changes with the database; and of that
    as much as asks everything, where the run before noted what each test asks.

    What takes long comes first, so that the processes of a run end together.
    """
    if ON_POSTGRES:
        own = [item for item in items if not OWN.isdisjoint(item.fixturenames)]  # type: ignore[attr-defined]
        known = asked.noted()
        chosen = asked.needed((item.nodeid for item in own), known) if known else {item.nodeid for item in own}
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in chosen])
        items[:] = [item for item in own if item.nodeid in chosen]
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """With `--dist loadscope` what shares a site and a browser stays together."""
    if config.getvalue("dist") != "loadscope":
        return None
    from tests.support.lanes import Lanes

    return Lanes(config, log)


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """What a test asks of the database is noted, from its first fixture to its last."""
    asked.begin()
    yield
    asked.end(item.nodeid)


def pytest_sessionfinish() -> None:
    """The run on PostgreSQL reads it."""
    asked.write(os.environ.get("PYTEST_XDIST_WORKER", "one"))


def pytest_collection_finish() -> None:
    """What was imported and collected stays until the end; nobody need look through it for garbage again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def postgres() -> str:
    """The URI of a PostgreSQL server that runs as long as the tests do."""
    return shared_postgres()


@pytest.fixture(scope="session")
def seeded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """A network with tables and a seed, which each test's own is a copy of."""
    with making(tmp_path_factory.mktemp("seeded"), _server(request)) as made:
        yield made


@pytest.fixture(scope="session")
def planted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """The same with the canary words planted."""
    with making(tmp_path_factory.mktemp("planted"), _server(request), fill=plant) as made:
        yield made


@pytest.fixture
def app(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """A fresh network: tables made, policy and “Ask anyone” there, nobody joined unless the test has canaries."""
    like = request.getfixturevalue("planted" if "canaries" in request.fixturenames else "seeded")
    with lent(like, _server(request)) as app:
        yield app


@pytest.fixture
def canaries(app: Flask, planted: Made) -> Canaries:
    """A network with something to hide, and who is who in it; planted before anything else that a test does."""
    return replace(planted.filled, app=app, roles=dict(planted.filled.roles))


@pytest.fixture
def cast(app: Flask) -> Cast:
    """Makes people, organisations, topics and groups."""
    return Cast(app)


@pytest.fixture
def client(app: Flask) -> Any:
    """A visitor."""
    return app.test_client()


def _server(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue("postgres")) if ON_POSTGRES else ""
