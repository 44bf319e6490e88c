"""What differs between two rows of lines, within bounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.core.text.matching import WORK, differing
from tests.network.core.text.counting import looked_at

ROWS = st.lists(st.sampled_from(["a", "b", "c", " ", "one", "two", "three"]), max_size=30)


@given(ROWS, ROWS, st.sampled_from([0, 40, 400, WORK]))
def test_applying_the_difference_gives_the_new_text_however_little_work_is_allowed(
    old: list[str], new: list[str], allowed: int
) -> None:
    built, at = [], 0
    for a1, a2, b1, b2 in differing(old, new, [allowed], str.isspace):
        assert at <= a1 <= a2
        assert b1 < b2 or a1 < a2
        built += old[at:a1] + new[b1:b2]
        at = a2
    assert built + old[at:] == new


def test_what_stands_once_in_both_stays_even_where_the_rest_would_cost_too_much() -> None:
    old = ["a", "b"] * 500 + ["once"] + ["a", "b"] * 500
    new = ["b", "c", "a"] * 300 + ["once"] + ["b", "c", "a"] * 300
    assert differing(old, new, [WORK]) == [(0, 1000, 0, 900), (1001, 2001, 901, 1801)]


@pytest.mark.parametrize("size", [50, 400, 3_000, 60_000])
def test_work_is_bounded(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    count = looked_at(monkeypatch)
    differing(["a", "b"] * size, ["b", "c", "a"] * size, [WORK])
    assert count[0] <= WORK
