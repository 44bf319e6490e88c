"""A group that is talking."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.network.discussions.talk import Talk
from tests.support.cast import Cast


@pytest.fixture
def talk(app: Flask) -> Talk:
    """Starts discussions."""
    return Talk(app)


@pytest.fixture
def ann(cast: Cast) -> int:
    """Who asks."""
    return cast.person("Ann Evans", job_title="Data lead")


@pytest.fixture
def ben(cast: Cast) -> int:
    """Who answers."""
    return cast.person("Ben Price")


@pytest.fixture
def group(cast: Cast, ann: int, ben: int) -> int:
    """An open group that both are in."""
    return cast.group("planning", members=(ann, ben))
