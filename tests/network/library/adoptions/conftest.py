"""What the tests of adoptions share."""

from __future__ import annotations

import pytest

from tests.network.library.adoptions.uses import Town
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast


@pytest.fixture
def town(cast: Cast, shelf: Shelf) -> Town:
    """A guide and people who may use it."""
    return Town(cast, shelf)
