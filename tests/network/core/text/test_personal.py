"""What looks like a way to reach or to name a person is found, each once, and asked about until it is confirmed."""

from __future__ import annotations

import pytest

from network.core.text.personal import MOST_LISTED, personal, question


@pytest.mark.parametrize(
    ("words", "thing"),
    [
        ("ann@council.example", "an email address"),
        ("(0300) 123-4567", "a phone number"),
        ("0300 123 4567", "a phone number"),
        ("01632 960983", "a phone number"),
        ("(01632) 960 983", "a phone number"),
        ("020 7946 0958", "a phone number"),
        ("+44 20 7946 0958", "a phone number"),
        ("+44 (0)20 7946 0958", "a phone number"),
        ("07700900123", "a phone number"),
        ("QQ 12 34 56 C".replace("QQ", "AB"), "a National Insurance number"),
        ("ab123456c", "a National Insurance number"),
        ("943 476 5919", "an NHS number"),
        ("9434765919", "an NHS number"),
    ],
)
def test_each_form_is_found_whole(words: str, thing: str) -> None:
    assert personal(f"Ask: {words}, today.") == ((words, thing),)


@pytest.mark.parametrize(
    "text",
    [
        "On 01-02-2026 10:30 we met.",
        "1,234,567 rows and 9434765918 others",
        "GB123456A and QQ123456C",
        "Part 0123 of 045",
        "@council",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert personal(text) == ()


def test_a_yes_holds_for_what_was_listed() -> None:
    text = " ".join(f"a{number}@council.example" for number in range(MOST_LISTED + 2)) + " a1@council.example"
    first = question(personal(text))
    assert first
    assert (len(first.listed), first.more) == (MOST_LISTED, 2)
    second = question(personal(text), first.marks)
    assert second
    assert [one.words for one in second.listed] == ["a10@council.example", "a11@council.example"]
    assert question(personal(text), second.marks) is None
    assert question(personal("a1@council.example"), first.marks) is None
