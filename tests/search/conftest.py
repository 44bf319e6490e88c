"""Engines to test, each on an empty index of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.contract import Engine
from tests.search.opening import OPENINGS


@pytest.fixture(params=OPENINGS)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Each engine in turn: what is asked of this fixture is asked of all of them."""
    with OPENINGS[request.param](tmp_path) as opened:
        yield opened
