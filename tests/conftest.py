"""Fixtures for everybody: an application on a real SQLite file, a client that checks pages, and the cast."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.support.app import make_app
from tests.support.cast import Cast


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """A fresh network: tables made, policy and “Ask anyone” there, nobody joined."""
    yield make_app(tmp_path / "data")


@pytest.fixture
def cast(app: Flask) -> Cast:
    """Makes people, organisations, topics and groups."""
    return Cast(app)


@pytest.fixture
def client(app: Flask) -> Any:
    """A visitor."""
    return app.test_client()
