"""Snippets: the right passage, the right marks, nothing but the text, and quickly."""

from __future__ import annotations

import random
import time
import unicodedata
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import highlight
from search.highlight import mark, snippet
from search.plan import plan
from search.query import parse
from tests.search.cases import CASES
from tests.support.cost import slowness

FILLER = "Nothing of interest stands in this sentence. " * 40


def marked(text: str, typed: str, language: str = "en") -> list[str]:
    return [piece for piece, is_marked in snippet(text, parse(typed), language) if is_marked]


def shown(text: str, typed: str, length: int = 240) -> str:
    return "".join(piece for piece, _ in snippet(text, parse(typed), "en", length))


@pytest.mark.parametrize(("written", "typed", "language", "found"), CASES)
def test_what_is_found_is_marked(written: str, typed: str, language: str, found: bool) -> None:
    frequent_only = typed == "the who"
    apart = typed in {"multi-agency", "multiagency", "e-mail"} and not found
    if not frequent_only and not apart:
        assert bool(marked(written, typed, language)) is found


@pytest.mark.parametrize(
    ("text", "typed", "marks"),
    [
        ("Policies and a policy", "policy", ["Policies", "policy"]),
        ("Send an e-mail or email", "email", ["e-mail", "email"]),
        ("L’organisation du Café", "organisation cafe", ["organisation", "Café"]),
        ("L’avis sur une loi", "loi", ["loi"]),
        ("The council’s duty", "councils", ["council’s"]),
        ("C++ and C", "c++", ["C++"]),
        ("cleave and leaven", "leave", []),
        ("agile teams, agility", "agil*", ["agile", "agility"]),
        ("the who and the what", "the who", ["the", "who", "the"]),
        ("leave or draft", "leave -draft", ["leave"]),
        ("sick pay", '"sick pay"', ["sick", "pay"]),
        ("İstanbul leave", "leave", ["leave"]),
        ("Ёлка и лес", "лес", ["лес"]),
    ],
)
def test_marks(text: str, typed: str, marks: list[str]) -> None:
    assert marked(text, typed, "fr" if text.startswith("L’") else "en") == marks


@pytest.mark.parametrize(
    ("text", "typed", "marks"),
    [
        ("Freedom of information, or FOI", "foi", ["Freedom of information", "FOI"]),
        ("Freedom of information, or FOI", "freedom of information", ["Freedom", "information", "FOI"]),
        ("Freedom of the press information", "foi", []),
        ("Your GP or doctors", "gp", ["GP", "doctors"]),
        ("freedom of", "foi", []),
    ],
)
def test_other_ways_to_say_it_are_marked(text: str, typed: str, marks: list[str]) -> None:
    others = {"foi": ("freedom of information",), "freedom of information": ("foi",), "gp": ("doctor",)}
    assert [piece for piece, is_marked in mark(text, parse(typed), "en", others) if is_marked] == marks
    assert [piece for piece, is_marked in snippet(text, parse(typed), "en", 240, others) if is_marked] == marks


def test_shows_the_passage_with_most_of_the_words() -> None:
    text = f"Parental rights. {FILLER} Parental leave is paid for six weeks. {FILLER} Leave the room."
    assert "Parental leave is paid" in shown(text, "parental leave paid")


def test_shows_two_passages_where_one_does_not_hold_all() -> None:
    text = f"{FILLER} Asbestos was found. {FILLER} Call the surveyor. {FILLER}"
    both = shown(text, "asbestos surveyor")
    assert "Asbestos was found" in both
    assert "surveyor" in both
    assert both.startswith("… ")
    assert both.endswith(" …")
    assert both.count("…") == 3


def test_begins_with_the_sentence() -> None:
    text = f"{FILLER} We start here with asbestos in the wall. {FILLER}"
    assert shown(text, "asbestos").startswith("… We start here")


def test_without_a_word_it_is_the_beginning() -> None:
    assert shown("First things first. " + FILLER, "asbestos").startswith("First things first.")
    assert shown("short", "") == "short"
    assert snippet("", parse("leave"), "en") == []


def test_is_about_as_long_as_wanted() -> None:
    for length in (80, 240, 400):
        assert length * 0.6 < len(shown(FILLER + "asbestos " + FILLER, "asbestos", length)) <= length + 8


def test_white_space_is_even() -> None:
    assert shown("\n\n A\tleave,  form \n ", "leave") == "A leave, form"


def test_a_heading_does_not_run_into_what_stands_below_it() -> None:
    assert shown("Parental leave \n\n Who may\ntake (most)\nit.\nAll, one:\nso\n", "leave may") == (
        "Parental leave. Who may. take (most). it. All, one: so"
    )


def test_a_title_is_marked_whole() -> None:
    assert mark("Parental <b>leave</b>", parse("leave"), "en") == [
        ("Parental <b>", False),
        ("leave", True),
        ("</b>", False),
    ]


@given(st.text(max_size=600), st.text(max_size=60), st.sampled_from(["en", "fr", "cy"]))
def test_says_nothing_that_is_not_in_the_text(text: str, typed: str, language: str) -> None:
    """But for the stops after lines that end without one."""
    pieces = snippet(text, parse(typed), language, 80)

    def bare(words: str) -> str:
        return " ".join(words.replace(".", " ").split())

    original = bare(unicodedata.normalize("NFC", text))
    for part in "".join(piece for piece, _ in pieces).split("…"):
        assert bare(part) in original or "…" in text
    assert all(piece for piece, _ in pieces)


def test_ten_long_texts_take_milliseconds() -> None:
    """About seven on a quiet machine; the bound leaves room for a busy one."""
    chance = random.Random(1)
    begun, ended = ("ser", "pol", "le", "pa", "dig", "con", "us"), ("vice", "icy", "ave", "y", "ital")
    words = [first + second for first in begun for second in ended]
    texts = [" ".join(chance.choices(words, k=4000))[:20_000] for _ in range(10)]
    texts[3] = texts[3].replace("e", "é")
    tree = parse("service policy leave digital")

    def once() -> float:
        started = time.process_time()
        for text in texts:
            snippet(text, tree, "en")
        return time.process_time() - started

    slow = slowness()
    assert min(once() for _ in range(8)) < 0.06 * max(slow, slowness())


@pytest.mark.parametrize("typed", ["a " * 250, "a." * 250, "a* " * 166, "damp letter"])
def test_what_to_mark_is_worked_out_once_for_all_hits(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    worked_out = Counter[str]()

    def counted(*asked: Any) -> Any:
        worked_out["plan"] += 1
        return plan(*asked)

    monkeypatch.setattr(highlight, "plan", counted)
    others = {"damp": ("mould",)}
    for number in range(20):
        tree = parse(typed)
        mark(f"Damp letter {number}", tree, "en", others)
        snippet(f"A letter about damp in flat {number}", tree, "en", alternatives=others)
    assert worked_out["plan"] == 1


def test_the_same_words_with_other_alternatives_are_marked_by_these() -> None:
    tree = parse("damp flats")
    for other in ("mould", "wet walls", "mould"):
        pieces = mark("Mould and wet walls", tree, "en", {"damp": (other,)})
        assert [piece.lower() for piece, is_marked in pieces if is_marked] == [other]


def test_no_more_words_are_marked_than_anybody_types() -> None:
    words = [f"w{number}" for number in range(100)]
    pieces = mark(" ".join(words), parse(".".join(words)), "en")
    assert [piece for piece, is_marked in pieces if is_marked] == words[: highlight.MOST_MARKED]
