"""The formula's promises: directions and bounds, not its numbers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.ranking import (
    Statistics,
    body_density,
    multiplier,
    rarity,
    saturated,
    title_bonus,
    title_density,
    title_phrase_bonus,
)

ORDINARY = Statistics(documents=1000, title_length=5, body_length=300)


def test_rarer_words_weigh_more() -> None:
    weights = [rarity(1000, holding) for holding in (1, 10, 500, 1000)]
    assert weights == sorted(weights, reverse=True)
    assert weights[-1] > 0


def test_repetition_helps_less_and_less() -> None:
    steps = [saturated(count + 1) - saturated(count) for count in range(5)]
    assert steps == sorted(steps, reverse=True)
    assert steps[-1] > 0


def test_long_texts_are_discounted_and_titles_preferred() -> None:
    assert body_density(100, ORDINARY) > body_density(1000, ORDINARY)
    assert title_density(3, ORDINARY) > title_density(20, ORDINARY)
    assert title_density(5, ORDINARY) > body_density(300, ORDINARY)


def test_an_index_without_texts_does_not_divide_by_nothing() -> None:
    empty = Statistics(documents=0, title_length=0, body_length=0)
    assert title_density(0, empty) > 0
    assert body_density(0, empty) > 0


def test_the_title_that_is_the_question_wins() -> None:
    exact = title_bonus(2, 8.0, 8.0, 2, 2)
    assert exact > title_bonus(2, 8.0, 8.0, 2, 6) > title_bonus(2, 8.0, 4.0, 1, 6) > 0
    assert title_bonus(2, 8.0, 0.0, 0, 6) == 0


def test_titles_matter_less_to_long_questions() -> None:
    assert title_bonus(2, 8.0, 8.0, 2, 4) / 8.0 > title_bonus(20, 80.0, 8.0, 2, 4) / 80.0


@given(st.integers(-5, 10**9), st.floats(-1e6, 1e6))
def test_the_multiplier_stays_mild(uses: int, standing: float) -> None:
    assert 0.8 <= multiplier(uses, standing) <= 1.2


def test_the_multiplier_goes_the_right_way() -> None:
    assert multiplier(0, -1) < multiplier(0, 0) == 1 < multiplier(3, 0) < multiplier(3, 0.5)


@given(st.integers(1, 32), st.floats(0.01, 200), st.floats(0, 1e6))
def test_the_title_that_says_it_comes_first(words: int, asked: float, density: float) -> None:
    anything = asked * saturated(density) + title_bonus(words, asked, asked, words, words)
    assert title_phrase_bonus(words, asked) * multiplier(0, -1) >= anything * multiplier(10**9, 1) - 1e-9
