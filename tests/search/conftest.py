"""Engines to test, each on an empty index of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.contract import Engine
from search.engines import ENGINES, open_engine
from tests.search.building import fresh_schema


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Each engine in turn: what is asked of this fixture is asked of all of them."""
    if request.param == "postgresql":
        yield from _on_postgresql(request.getfixturevalue("postgres"), tmp_path)
        return
    opened = open_engine(request.param, tmp_path / "index")
    yield opened
    opened.close()


def _on_postgresql(server: str, tmp_path: Path) -> Iterator[Engine]:
    with fresh_schema(server) as schema:
        opened = open_engine("postgresql", tmp_path, server, schema)
        yield opened
        opened.close()
