"""How much differs, in the words of who reads it."""

from __future__ import annotations

import pytest

from network.core.text.counted import how_much_differs

FOUR_AND_TWO = "## First\n\na\n\nb\n\n## Second\n\nc\n\nd\n"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("one two three\n", "one two four\n", "1 paragraph changes"),
        ("start\n", f"start\n\n{FOUR_AND_TWO}", "4 paragraphs and 2 headings are added"),
        ("start\n\none two three\n", "start\n\none two four\n\nlast", "1 paragraph changes, 1 is added"),
        ("## First step\n\na\n\nb", "## First steps\n\na", "1 heading changes, 1 paragraph is removed"),
        ("a\nb\n", "a\n\n\nb\n", "1 paragraph changes, 1 is added"),
        ("a\n\nb\n", "a\n\n\nb\n", ""),
    ],
)
def test_paragraphs_and_headings_are_counted(old: str, new: str, words: str) -> None:
    assert how_much_differs(old, new) == words
