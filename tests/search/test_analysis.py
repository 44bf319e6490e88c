"""Terms, their places, and the limits of the analysis."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import LONGEST_WORD, tokens
from search.stemming import STEMMED_LANGUAGES, stem
from search.stopwords import stop_words
from tests.support.cost import costs_at_most


def test_places_are_places_in_the_text() -> None:
    text = "The café’s e-mail, twice: GOV.UK"
    found = [(token.term, text[token.start : token.end], token.position) for token in tokens(text, "en")]
    assert found == [
        ("the", "The", 0),
        ("cafe", "café’s", 1),
        ("e", "e", 2),
        ("mail", "mail", 3),
        ("email", "e-mail", 2),
        ("twice", "twice", 4),
        ("gov", "GOV", 5),
        ("uk", "UK", 6),
    ]


def test_stop_words_are_kept_and_marked() -> None:
    marked = {token.term: token.stop for token in tokens("terms of reference, don't", "en")}
    assert marked == {"term": False, "of": True, "refer": False, "dont": True}


def test_joined_words_are_marked() -> None:
    assert [token.term for token in tokens("multi-agency state-of-the-art", "en") if token.joined] == ["multiag"]


def test_other_languages_have_no_stop_words() -> None:
    assert not any(token.stop for token in tokens("the la y", "cy"))
    assert stop_words("xx") == frozenset()


def test_absurd_words_are_cut_and_cheap() -> None:
    with costs_at_most(0.1):
        found = list(tokens("a" * 100_000, "en"))
    assert [len(token.term) for token in found] == [LONGEST_WORD]


@pytest.mark.parametrize("word", ["hour", "four", "your", "tour", "size", "prize", "seize", "call", "fill", "more"])
def test_ordinary_words_keep_their_spelling(word: str) -> None:
    plural = stem(word + "s", "en")
    assert stem(word, "en") in {word, word.rstrip("e"), plural}


@pytest.mark.parametrize(
    ("one", "other"), [("hour", "hor"), ("four", "for"), ("call", "cal"), ("metal", "meter"), ("general", "generic")]
)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert stem(one, "en") != stem(other, "en")


@given(st.text(max_size=300), st.sampled_from(["en", "fr", "cy", "xx", ""]))
def test_any_text_gives_terms_at_its_places(text: str, language: str) -> None:
    last = -1
    for token in tokens(text, language):
        assert 0 <= token.start < token.end <= len(text)
        assert token.term
        assert token.joined or token.position == last + 1
        last = last if token.joined else token.position


@given(st.text(alphabet=st.characters(categories=["Ll", "Lu", "Nd"]), min_size=1, max_size=50))
def test_case_does_not_matter(word: str) -> None:
    for language in STEMMED_LANGUAGES:
        lower = [token.term for token in tokens(word.lower(), language)]
        if word.upper().lower() == word.lower():
            assert [token.term for token in tokens(word.upper(), language)] == lower
