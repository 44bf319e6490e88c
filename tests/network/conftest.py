"""What tests of several features share."""

from __future__ import annotations

import pytest

from tests.network.library.shelf import Shelf
from tests.support.cast import Cast


@pytest.fixture
def shelf(cast: Cast) -> Shelf:
    """Makes guides and drafts."""
    return Shelf(cast)
