"""Words without markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.core.text.markdown import render
from network.core.text.plain import excerpt, plain, reading_minutes, word_count


def test_each_block_has_its_line() -> None:
    source = "# Title\n\nOne\ntwo **three**.\n\n- a\n- b\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n```\nl1\nl2\n```"
    assert plain(render(source).html).split("\n") == [
        "Title",
        "One two three.",
        "a",
        "b",
        "x y",
        "1 2",
        "l1",
        "l2",
    ]


def test_references_are_read_and_signs_for_the_eye_are_not() -> None:
    assert plain(render("a &lt; b &amp; c[^1]\n\n[^1]: d").html) == "a < b & c1\nd"


def test_a_note_and_its_label_are_apart() -> None:
    assert plain(render("!!! note\n    Text").html) == "Note\nText"


def test_pictures_speak_through_their_alternative() -> None:
    assert plain('<p>See <img src="/files/a.png" alt="the map"></p>') == "See the map"


def test_short_text_is_its_own_excerpt() -> None:
    assert excerpt("One\n two ", 20) == "One two"


def test_an_excerpt_ends_with_a_sentence_if_one_ends_late_enough() -> None:
    assert excerpt("One two three. Four five six seven", 18) == "One two three."
    assert excerpt("One. Two three four five six", 18) == "One. Two three…"


@given(st.text(max_size=300), st.integers(10, 100))
def test_an_excerpt_is_never_too_long(text: str, length: int) -> None:
    assert len(excerpt(text, length)) <= length


@pytest.mark.parametrize(("text", "count"), [("", 0), ("it's a well-known v1.2", 4), ("— … !", 0), ("Ffŵl ŷ", 2)])
def test_words_are_counted_as_people_count(text: str, count: int) -> None:
    assert word_count(text) == count


def test_reading_takes_at_least_a_minute() -> None:
    assert (reading_minutes(0), reading_minutes(220), reading_minutes(221)) == (1, 1, 2)
