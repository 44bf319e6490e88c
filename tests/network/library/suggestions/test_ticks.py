"""Many ticks in few letters."""

from __future__ import annotations

import pytest

from network.library.suggestions.ticks import brief, ticked

KEYS = ["title", "summary", *(str(number) for number in range(1, 101))]


@pytest.mark.parametrize(
    ("keys", "written"),
    [
        ([], ""),
        (["title", "1", "2", "4"], "title.1-2.4"),
        ([str(number) for number in range(1, 58)], "1-57"),
        (["1", "3", "4", "5", "9"], "1.3-5.9"),
    ],
)
def test_written_and_read_again(keys: list[str], written: str) -> None:
    assert brief(keys) == written
    assert ticked([written], KEYS) == keys


def test_several_values_name_together_what_they_name() -> None:
    assert ticked(["2", "title", "4-5"], KEYS) == ["title", "2", "4", "5"]


@pytest.mark.parametrize("value", ["0-", "-", "5-1", "nothing", "1" * 5000, f"1-{'9' * 5000}", "²-³", "101"])
def test_what_names_no_change_is_nothing(value: str) -> None:
    assert ticked([value], KEYS) == []
