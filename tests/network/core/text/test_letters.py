"""Letters in one form, whatever is heaped on them, and the same in pages and in search."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import search.letters
from network.core.text.folding import folded
from network.core.text.letters import MOST_MARKS, Form, normalised
from network.core.text.slugs import slugify
from network.core.web.forms import clean_text
from search.folding import fold
from tests.support.cost import costs_at_most

HEAPS = ["\u0316\u0300", "\u0f73", "\u0344\u0316", "\U0001d165\u0316"]


@given(st.text(max_size=700), st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_is_the_normal_form_of_what_people_write(text: str, form: Form) -> None:
    assert normalised(text, form) == unicodedata.normalize(form, text)
    assert search.letters.normalised(text, form) == normalised(text, form)


@pytest.mark.parametrize("heap", HEAPS)
def test_what_is_heaped_on_a_letter_costs_little_and_goes(heap: str) -> None:
    text = "a" + heap * 200_000 + "b"
    with costs_at_most(1):
        shortened = normalised(text)
        for read in (clean_text, slugify, folded, fold, search.letters.normalised):
            read(text)
    assert unicodedata.normalize("NFD", shortened)[0] == "a"
    assert shortened[-1] == "b"
    assert len(shortened) <= 4 * MOST_MARKS


def test_marks_that_a_letter_may_have_stay() -> None:
    letter = "a" + "\u0316" * MOST_MARKS
    assert normalised(f"{letter}b" * 100) == f"{letter}b" * 100
