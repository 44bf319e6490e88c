"""What the pages about a guide call it, and themselves."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.network.library.adoptions.uses import Town
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast

TITLES = {
    "history": "History of “Bins”",
    "history/1": "Version 1 of “Bins”",
    "checks": "Checks of “Bins”",
    "flags": "Flags on “Bins”",
    "suggestions": "Suggestions for “Bins”",
    "files": "Files of “Bins”",
    "links": "Links in “Bins”",
}


@pytest.fixture
def town(cast: Cast, shelf: Shelf) -> Town:
    """A guide and people who may use it."""
    return Town(cast, shelf)


def page(client: Any, address: str) -> str:
    """A page's markup."""
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))


@pytest.mark.parametrize("end", TITLES)
def test_a_title_in_a_sentence_stands_in_quotation_marks(town: Town, end: str) -> None:
    shown = page(town.cast.client(town.owner), f"/library/bins/{end}")
    assert f"<title>{TITLES[end]} – " in shown
    assert re.search(rf"<h1[^>]*>{TITLES[end]}</h1>", shown)
