"""Other ways to say what was typed: which of them apply, and what a plan makes of them."""

from __future__ import annotations

import pytest

from search.alternatives import applied, folded_words
from search.plan import Phrase, Word, plan
from search.query import parse

FREEDOM = (("freedom", 0), ("of", 1), ("inform", 2))
OTHERS = {
    "foi": ("freedom of information",),
    "freedom of information": ("foi",),
    "gp": ("doctor", "general practitioner"),
    "information": ("facts",),
    "e mail": ("message",),
    "it": ("information technology",),
    "sick pay": ("ssp",),
    "computing": ("it", "the of"),
}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("foi request", [("foi", ("freedom of information",))]),
        ("FOIs", [("foi", ("freedom of information",))]),
        ("Freedom of Information act", [("freedom of information", ("foi",))]),
        ("information", [("information", ("facts",))]),
        ("information freedom of information", [("information", ("facts",)), ("freedom of information", ("foi",))]),
        ("freedom of gp", [("gp", ("doctor", "general practitioner"))]),
        ("gp gp", [("gp", ("doctor", "general practitioner"))]),
        ('"freedom of information"', [("freedom of information", ("foi",))]),
        ('"the foi act"', []),
        ("+foi", [("foi", ("freedom of information",))]),
        ("freedom +of information", [("information", ("facts",))]),
        ("sick +leave pay", []),
        ('sick "leave" pay', []),
        ("sick pay", [("sick pay", ("ssp",))]),
        ("leave -foi", []),
        ('leave -"freedom of information"', []),
        ("foi*", []),
        ("e-mail", [("e mail", ("message",))]),
        ("the council's GP's", [("gp", ("doctor", "general practitioner"))]),
        ("", []),
    ],
)
def test_tells_what_is_also_searched_for(typed: str, told: list[tuple[str, tuple[str, ...]]]) -> None:
    assert list(applied(parse(typed), OTHERS)) == told


def test_keys_are_written_folded() -> None:
    assert folded_words("  The Café’s E-mail ") == "the cafe e mail"


def test_a_word_gains_terms_and_phrases_that_weigh_less() -> None:
    ((foi, _),) = plan(parse("foi"), ["en"], OTHERS).words
    assert foi == Word(frozenset({"foi"}), phrases=(FREEDOM,))
    ((gp, _),) = plan(parse("gp"), ["en"], OTHERS).words
    assert gp.lesser == {"doctor"} < gp.terms
    assert gp.phrases == ((("general", 0), ("practition", 1)),)


def test_each_ranked_word_of_a_typed_phrase_gains_the_other_way() -> None:
    words = plan(parse("freedom of information request"), ["en"], OTHERS).words
    assert [sorted(word.lesser) for word, _ in words] == [["foi"], ["foi"], []]


def test_a_quoted_key_may_be_said_otherwise() -> None:
    assert plan(parse('leave "freedom of information"'), ["en"], OTHERS).required == (Phrase((FREEDOM, (("foi", 0),))),)


def test_frequent_words_are_no_other_way() -> None:
    """Or one careless line in the list would find everything."""
    ((computing, _),) = plan(parse("computing"), ["en"], OTHERS).words
    assert (computing.lesser, computing.phrases) == (frozenset(), ())


def test_frequent_words_may_have_one() -> None:
    wanted = plan(parse("IT"), ["en"], OTHERS)
    assert wanted.titles_only
    assert wanted.words[0][0].phrases == ((("inform", 0), ("technolog", 1)),)


def test_what_must_not_be_is_taken_as_typed() -> None:
    assert plan(parse("leave -foi"), ["en"], OTHERS).excluded == (Word(frozenset({"foi"})),)


def test_without_alternatives_nothing_changes() -> None:
    assert plan(parse('foi "a b" -c d*'), ["en", "fr"]) == plan(parse('foi "a b" -c d*'), ["en", "fr"], {"x": ("y",)})


@pytest.mark.parametrize(
    ("typed", "phrase"),
    [
        ("parental leave", (("parent", 0), ("leav", 1))),
        ("terms of reference", (("term", 0), ("of", 1), ("refer", 2))),
        ("leave", None),
        ("+parental leave", None),
        ("parental leav*", None),
        ("parental -leave form", (("parent", 0), ("form", 1))),
    ],
)
def test_what_was_typed_may_be_a_title(typed: str, phrase: object) -> None:
    title = plan(parse(typed), ["en"]).title
    assert (title.options[0] if title else None) == phrase
