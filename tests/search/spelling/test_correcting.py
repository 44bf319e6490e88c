"""Whole queries put right: only wrong words change, and only to what the reader can find."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import FILTER_NAMES, parse
from search.spelling import Dictionary, correct, did_you_mean

HELD = {"parental": 9, "leave": 30, "policy": 40, "government": 12, "gravel": 1, "modul": 2, "module": 60, "secret": 5}
DICTIONARY = Dictionary.of(HELD)


def frequencies(words: Collection[str]) -> Mapping[str, int]:
    """A reader who may not read what is secret."""
    return {word: HELD.get(word.lower(), 0) if word != "secret" else 0 for word in words}


@pytest.mark.parametrize(
    ("typed", "corrected"),
    [
        ("parentla leave", "parental leave"),
        ("PARENTLA Laeve", "PARENTAL Leave"),
        ('"parentla leave" polciy', '"parentla leave" policy'),
        ("+parentla laeve", "+parental leave"),
        ("  parentla,laeve! ", "  parental,leave! "),
        ("type:polciy parentla", "type:polciy parental"),
        ('org:"polciy of laeve" parentla', 'org:"polciy of laeve" parental'),
        ("parentla -polciy", "parental -polciy"),
        ("parentla polci*", "parental polci*"),
        ("leave-polciy", "leave-policy"),
        ("parentla parentla", "parental parental"),
        ("goverment's", "government"),
    ],
)
def test_changes_only_what_is_wrong(typed: str, corrected: str) -> None:
    found = correct(typed, DICTIONARY, frequencies)
    assert found is not None
    assert found.text == corrected


@pytest.mark.parametrize(
    "typed",
    ["", "parental leave", "zzzzzzzz", "lev", "laeve2", "-laeve", "laeve*", "type:laeve", "the and for", "secert", "!"],
)
def test_leaves_the_rest_alone(typed: str) -> None:
    assert correct(typed, DICTIONARY, frequencies) is None


@pytest.mark.parametrize("word", ["Drone", "bullying", "Kate", "naïve", "colour", "hangar"])
def test_an_english_word_is_no_slip_though_nobody_has_written_it(word: str) -> None:
    near = Dictionary.of(
        {"done": 50, "billing": 50, "late": 50, "native": 50, "color": 50, "organisers": 9, "moulds": 9}
    )
    held = {"done", "billing", "late", "native", "color", "hang"}
    assert correct(word, near, lambda words: {w: 50 * (w in held) for w in words}) is None


def test_another_form_of_an_english_word_is_taken_for_it() -> None:
    found = correct("cold mouldy flat", Dictionary.of({"mould": 5}), lambda ws: {w: 5 * (w != "mouldy") for w in ws})
    assert found is not None
    assert found.text == "cold mould flat"


@pytest.mark.parametrize("acronym", ["EQIA", "DPRs", "EqIA", "iPad"])
def test_an_acronym_is_no_slip(acronym: str) -> None:
    near = Dictionary.of({"equip": 50, "eqip": 50, "drs": 50, "dprt": 50, "pad": 50})
    assert correct(acronym, near, lambda words: {w: 50 * (w.lower() != acronym.lower()) for w in words}) is None


@pytest.mark.parametrize("typed", ["handicapés", "sécurité policy"])
def test_a_word_with_accents_is_only_asked_about(typed: str) -> None:
    near = Dictionary.of({"handicapees": 5, "security": 5, "policy": 5})
    held = {"handicapees", "security", "policy"}
    assert correct(typed, near, lambda words: {w: 5 * (w in held) for w in words}) is None


@pytest.mark.parametrize("typed", ["policy iaith gymraeg", "gwasanaeth polisi", "polisi gwasanaeth", "congé polisi"])
def test_words_beside_an_unknown_one_may_be_right_in_another_language(typed: str) -> None:
    near = Dictionary.of({"faith": 50, "policy": 50})
    held = {"faith", "policy"}
    assert correct(typed, near, lambda words: {w: 50 * (w in held) for w in words}) is None


def test_where_a_word_stays_unknown_the_others_are_asked_about_unless_all_are_strange() -> None:
    asked = did_you_mean("parentla leave gwasanaeth", DICTIONARY, frequencies)
    assert asked is not None
    assert asked.text == "parental leave gwasanaeth"
    assert did_you_mean("polici gwasanaeth", DICTIONARY, frequencies) is None
    assert did_you_mean("polici modul gwasanaeth", Dictionary.of({"policy": 40}), frequencies) is None


@pytest.mark.parametrize("typed", ["levae drones", "drones levae"])
def test_an_english_word_that_nobody_has_written_is_not_unknown(typed: str) -> None:
    found = correct(typed, DICTIONARY, frequencies)
    assert found is not None
    assert found.text == typed.replace("levae", "leave")


def test_a_short_word_that_is_all_that_was_typed_is_only_asked_about() -> None:
    near = Dictionary.of({"eqip": 5})

    def held(words: Collection[str]) -> dict[str, int]:
        return {word: 5 * (word in ("eqip", "form")) for word in words}

    assert correct("eqia", near, held) is None
    asked = did_you_mean("eqia", near, held)
    assert asked is not None
    assert asked.text == "eqip"
    found = correct("eqia form", near, held)
    assert found is not None
    assert found.text == "eqip form"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("teh first ten days", "the first ten days"), ("Freedom fo information", "Freedom of information")],
)
def test_swapped_letters_make_a_frequent_word_of_a_short_one(typed: str, meant: str) -> None:
    def held(words: Collection[str]) -> dict[str, int]:
        return {word: 9 * (word not in ("teh", "fo")) for word in words}

    found = correct(typed, DICTIONARY, held)
    assert found is not None
    assert found.text == meant


@pytest.mark.parametrize("typed", ["teh", "ot referral", "OT home visits", "+xyz home visits"])
def test_a_short_word_may_mean_something_where_it_is_no_part_of_a_sentence(typed: str) -> None:
    held = {"teh", "ot", "OT", "xyz"}
    assert correct(typed, DICTIONARY, lambda words: {w: 9 * (w not in held) for w in words}) is None


def test_english_words_are_doubted_only_where_the_search_failed() -> None:
    def held(words: Collection[str]) -> dict[str, int]:
        return {word: {"manger": 1, "manager": 40}.get(word, 0) for word in words}

    near = Dictionary.of({"manger": 1, "manager": 40})
    assert did_you_mean("manger", near, held, failed=False) is None
    asked = did_you_mean("manger", near, held, failed=True)
    assert asked is not None
    assert asked.text == "manager"
    assert did_you_mean("manages", near, held, failed=True) is None, "nobody has written it: a gap"


@pytest.mark.parametrize("typed", ["rent arrears", "lift", "loan"])
def test_an_english_word_is_not_asked_about_for_another_with_other_letters(typed: str) -> None:
    held = {"rest": 40, "appears": 40, "list": 40, "load": 40}
    near = Dictionary.of(held)
    assert did_you_mean(typed, near, lambda words: {w: held.get(w, 1) for w in words}, failed=True) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("accessability", "accessibility"),
        ("Independance", "Independence"),
        ("responsabilities", "responsibilities"),
        ("responsability", "responsibility"),
        ("compatable", "compatible"),
    ],
)
def test_a_wrong_ending_is_put_right_though_its_stem_is_held(typed: str, meant: str) -> None:
    written = {"accessibility": 9, "independence": 9, "responsibility": 9, "responsibilities": 9, "compatible": 9}
    near = Dictionary.of(written)
    found = correct(typed, near, lambda words: dict.fromkeys(words, 50))
    assert found is not None
    assert found.text == meant


@pytest.mark.parametrize("typed", ["accessibility", "dependable", "retrofittable"])
def test_an_ending_that_is_right_or_that_nobody_writes_otherwise_stays(typed: str) -> None:
    near = Dictionary.of({"accessibility": 9, "accessability": 1, "dependible": 9})
    assert correct(typed, near, lambda words: dict.fromkeys(words, 50)) is None


def test_words_of_titles_are_doubted_only_where_the_search_failed_and_english_ones_not_at_all() -> None:
    """Names are titles: "Siân Rhys" is found first by "Sian Rhys"."""

    def held(words: Collection[str]) -> dict[str, int]:
        return {word: {"rhys": 3, "whys": 40, "lone": 2, "line": 40}.get(word.lower(), 0) for word in words}

    near = Dictionary.of({"whys": 40, "line": 40})
    assert did_you_mean("rhys", near, held, failed=False, titled=lambda _word: True) is None
    for failed, titled in ((False, False), (True, True)):
        asked = did_you_mean("rhys", near, held, failed=failed, titled=lambda _word, titled=titled: titled)
        assert asked is not None
        assert asked.text == "whys"
    assert did_you_mean("lone working", near, held, failed=True, titled=lambda word: word == "lone") is None


@pytest.mark.parametrize(("typed", "meant"), [("planing", "planning"), ("Planing", "Planning"), ("dinner", "diner")])
def test_a_letter_that_should_be_doubled_is_asked_about_though_both_are_words(typed: str, meant: str) -> None:
    def held(words: Collection[str]) -> dict[str, int]:
        return {word: 20 * (word == meant.lower()) for word in words}

    near = Dictionary.of({meant.lower(): 20})
    asked = did_you_mean(typed, near, held, failed=True)
    assert asked is not None
    assert asked.text == meant
    assert did_you_mean(typed, near, held, failed=False) is None
    assert correct(typed, near, held) is None


def test_tells_the_words() -> None:
    found = correct("Parentla laeve parentla laeve", DICTIONARY, frequencies)
    assert found is not None
    assert found.words == (("Parentla", "Parental"), ("laeve", "leave"), ("parentla", "parental"))


def test_words_that_something_holds_are_only_asked_about() -> None:
    assert correct("modul leave", DICTIONARY, frequencies) is None
    asked = did_you_mean("modul leave", DICTIONARY, frequencies)
    assert asked is not None
    assert asked.text == "module leave"


def test_does_not_ask_about_words_that_find_enough() -> None:
    assert did_you_mean("gravel parental leave", DICTIONARY, frequencies) is None
    assert did_you_mean("modul", Dictionary.of({"module": 60}), lambda words: dict.fromkeys(words, 9)) is None


def test_an_empty_dictionary_corrects_nothing() -> None:
    assert correct("parentla", Dictionary.of({}), frequencies) is None


@given(st.text(max_size=200) | st.text(alphabet='laeve "-+*:type parntl', max_size=80))
def test_any_text_may_be_asked_about(typed: str) -> None:
    found = correct(typed, DICTIONARY, frequencies)
    if found is not None:
        assert found.text != typed
        before, after = parse(typed, FILTER_NAMES), parse(found.text, FILTER_NAMES)
        assert after.filters == before.filters
        assert [(c.kind, c.mode) for c in after.clauses] == [(c.kind, c.mode) for c in before.clauses]


@pytest.mark.parametrize(("typed", "meant"), [("shoud", "should"), ("becuase", "because"), ("thier", "their")])
def test_a_mistyped_frequent_word_is_put_right_where_no_other_is_near(typed: str, meant: str) -> None:
    def everything_but_the_slip(words: Collection[str]) -> dict[str, int]:
        return {word: 9 * (word != typed) for word in words}

    found = correct(f"how long {typed} we", Dictionary.of({"email": 9, "retention": 3}), everything_but_the_slip)
    assert found is not None
    assert found.text == f"how long {meant} we"
    nearer = correct(f"{typed}", Dictionary.of({f"{typed}x": 9}), everything_but_the_slip)
    assert nearer is not None
    assert nearer.text == f"{typed}x"
