"""The query language: what each form means, that nothing raises, and that it is quick."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.query import FILTER_NAMES, LONGEST_TEXT, MOST_WORDS, Clause, Tree, parse, period
from tests.support.cost import slowness


@pytest.mark.parametrize(
    ("typed", "clauses"),
    [
        ("parental leave", (Clause("parental"), Clause("leave"))),
        ('"parental leave"', (Clause("parental leave", "phrase", "must"),)),
        ("\u201cparental leave\u201d", (Clause("parental leave", "phrase", "must"),)),
        ("\u00abcongé parental\u00bb", (Clause("congé parental", "phrase", "must"),)),
        ('say "parental leave', (Clause("say"), Clause('"parental'), Clause("leave"))),
        ("-draft", (Clause("draft", "word", "not"),)),
        ('-"old form"', (Clause("old form", "phrase", "not"),)),
        ("-multi-agency", (Clause("multi-agency", "phrase", "not"),)),
        ("multi-agency", (Clause("multi-agency"),)),
        ("+pay", (Clause("pay", "word", "must"),)),
        ('+"sick pay"', (Clause("sick pay", "phrase", "must"),)),
        ("pay - leave", (Clause("pay"), Clause("leave"))),
        ("A AND B", (Clause("A"), Clause("AND"), Clause("B"))),
        ("http://a.b", (Clause("http://a.b"),)),
        ("re: leave", (Clause("re:"), Clause("leave"))),
        ("pay*", (Clause("pay", "prefix"),)),
        ("+pay*", (Clause("pay", "prefix", "must"),)),
        ("c++", (Clause("c++"),)),
        ("", ()),
        ("   ", ()),
    ],
)
def test_forms(typed: str, clauses: tuple[Clause, ...]) -> None:
    assert parse(typed) == Tree(clauses)


@pytest.mark.parametrize(
    ("typed", "words", "ignored"),
    [
        ("pay* leave", ["pay", "leave"], ("pay*",)),
        ("pa*", ["pa"], ("pa*",)),
        ("gov.uk*", ["gov.uk"], ("gov.uk*",)),
        ("!!!", [], ("!!!",)),
        ('""', [], ('""',)),
        ("pay & leave", ["pay", "leave"], ()),
    ],
)
def test_what_has_no_effect_is_told(typed: str, words: list[str], ignored: tuple[str, ...]) -> None:
    tree = parse(typed)
    assert [clause.text for clause in tree.clauses] == words
    assert tree.ignored == ignored


def test_only_named_filters_are_filters() -> None:
    tree = parse('leave type:guide org:"east council" http:x -type:guide type:', names=("type", "org"))
    assert tree.filters == (("type", "guide"), ("org", "east council"))
    assert [clause.text for clause in tree.clauses] == ["leave", "http:x", "type:guide", "type:"]


def test_the_names_of_the_query_language() -> None:
    typed = 'Type:guide topic:pay org:"east council" by:ann group:payroll in:title before:2024 after:2023-05 re:x leave'
    tree = parse(typed, FILTER_NAMES)
    assert [name for name, _ in tree.filters] == list(FILTER_NAMES)
    assert [clause.text for clause in tree.clauses] == ["re:x", "leave"]
    assert tree.ignored == ()


@pytest.mark.parametrize(
    ("value", "start", "end"),
    [
        ("2024", (2024, 1, 1), (2025, 1, 1)),
        ("2024-05", (2024, 5, 1), (2024, 6, 1)),
        (" 2024-12 ", (2024, 12, 1), (2025, 1, 1)),
        ("2024-02-29", (2024, 2, 29), (2024, 3, 1)),
        ("1999-12-31", (1999, 12, 31), (2000, 1, 1)),
    ],
)
def test_periods(value: str, start: tuple[int, int, int], end: tuple[int, int, int]) -> None:
    assert period(value) == (datetime(*start, tzinfo=UTC), datetime(*end, tzinfo=UTC))


def test_a_period_is_one_where_it_is_lived() -> None:
    london = ZoneInfo("Europe/London")
    assert period("2024-03-31", london) == (
        datetime(2024, 3, 31, tzinfo=london), datetime(2024, 4, 1, tzinfo=london),
    )  # fmt: skip


@pytest.mark.parametrize(
    "value",
    ["", "24", "last year", "2024-13", "2023-02-29", "2024-5", "0000", "99999", "２０２４", "2024-05-", "2024/05"],
)
def test_what_is_no_period(value: str) -> None:
    assert period(value) is None


@given(st.text(alphabet="0123456789-", max_size=12))
def test_periods_are_in_order_or_nothing(value: str) -> None:
    found = period(value)
    assert found is None or found[0] < found[1]


def test_a_long_text_is_cut_between_words_and_told() -> None:
    tree = parse("council " * 100)
    assert len(" ".join(clause.text for clause in tree.clauses)) <= LONGEST_TEXT
    assert {clause.text for clause in tree.clauses} == {"council"}
    assert len(tree.ignored) == 1
    assert tree.ignored[0].startswith("council")


def test_ranks_so_many_different_words_and_tells_the_rest() -> None:
    words = [f"word{number}" for number in range(40)]
    tree = parse("the the of " + " ".join(words))
    assert [clause.text for clause in tree.clauses[3:]] == words[:MOST_WORDS]
    assert list(tree.ignored) == words[MOST_WORDS:]


def test_words_to_mark_leave_out_what_must_not_be() -> None:
    assert [clause.text for clause in parse('pay -draft +sick "old age"').words] == ["pay", "sick", "old age"]


@given(st.text(max_size=2000) | st.text(alphabet='"\u201c\u201d-+*: ab:c\u2212\x00', max_size=800))
@example("[" * 2000)
@example('"' * 2000)
@example("-" * 2000)
@example("a:" * 1000)
@example('-"' * 900)
@example("*" * 2000)
@example("a" * 100_000)
@example("\ud800\udfff")
def test_never_raises(typed: str) -> None:
    tree = parse(typed, names=("a", "type"))
    assert all(clause.text.strip() for clause in tree.clauses)
    assert len(tree.clauses) <= LONGEST_TEXT


@pytest.mark.parametrize(
    "typed",
    ["parental leave policy for part-time staff", "[" * 5000, '"' * 5000, "a-" * 5000, "a:" * 5000, "\u0301" * 5000,
     "x" * 1_000_000, '-"' * 3000, "c++" * 2000, "o'" * 4000, " " * 5000,
     "\u00ab" * 500, "the " * 125, "type:" * 100, 'org:"' * 100, "+a " * 166],
)  # fmt: skip
def test_takes_a_few_milliseconds_at_most(typed: str) -> None:
    def once() -> float:
        started = time.process_time()
        for _ in range(3):
            parse(typed, FILTER_NAMES)
        return (time.process_time() - started) / 3

    slow = slowness()
    assert min(once() for _ in range(20)) < 0.003 * max(slow, slowness())
