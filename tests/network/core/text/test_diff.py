"""What changed between two texts."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.core.text.diff import MAX_WORK, MOST_SHOWN, Difference, Segment, difference
from tests.network.core.text.counting import looked_at
from tests.support.cost import costs_at_most


def _side(found: Difference, gone: str) -> list[str]:
    """The lines of one side of a difference, rebuilt from its segments."""
    lines = [line for hunk in found.hunks for line in hunk.lines]
    side = [line for line in lines if (line.new if gone == "removed" else line.old) is not None]
    return ["".join(part.text for part in line.segments if part.kind != gone) for line in side]


def test_words_are_marked_only_inside_a_line_that_changed() -> None:
    found = difference("Same line\nApply within ten days.\nEnd", "Same line\nApply within five days.\nEnd")
    changed = next(line for line in found.hunks[0].lines if line.kind == "changed")
    assert changed.segments == (
        Segment("Apply within ", "same"),
        Segment("ten", "removed"),
        Segment("five", "added"),
        Segment(" days.", "same"),
    )
    assert found.summary == "1 line changed"


def test_lines_with_nothing_in_common_are_removed_and_added() -> None:
    found = difference("Alpha beta gamma", "Quite another thing\nand one more")
    assert (found.removed, found.added, found.changed) == (1, 2, 0)
    assert found.summary == "2 lines added, 1 removed"


def test_no_difference_says_so() -> None:
    found = difference("a\nb", "a\nb\n")
    assert found.hunks == ()
    assert found.summary == "Nothing changed"


def test_blank_lines_are_not_counted() -> None:
    assert difference("a", "a\n\nb\n\nc").summary == "2 lines added"
    found = difference("a\nb", "a\n\nb")
    assert (found.added, found.removed, found.changed) == (0, 0, 0)
    assert (found.cut, found.summary) == (False, "Only blank lines changed")


def test_far_changes_stand_in_hunks_of_their_own_with_context() -> None:
    old = [f"line {number}" for number in range(60)]
    new = list(old)
    new[10], new[50] = "line ten", "line fifty"
    found = difference("\n".join(old), "\n".join(new))
    assert [len(hunk.lines) for hunk in found.hunks] == [7, 7]
    assert [line.old for line in found.hunks[1].lines] == [48, 49, 50, 51, 52, 53, 54]


@given(st.lists(st.sampled_from(["a b c", "a b d", "", "x y", "zz"]), max_size=12), st.data())
def test_either_text_can_be_read_back(old: list[str], data: st.DataObject) -> None:
    new = data.draw(st.lists(st.sampled_from(["a b c", "a q d", "", "x", "w w"]), max_size=12))
    found = difference("\n".join([*old, "end"]), "\n".join([*new, "end"]))
    if len(found.hunks) == 1 and len(found.hunks[0].lines) >= max(len(old), len(new)) + 1:
        assert _side(found, "removed")[-len(new) - 1 :] == [*new, "end"][-len(_side(found, "removed")) :]
        assert _side(found, "added")[-len(old) - 1 :] == [*old, "end"][-len(_side(found, "added")) :]
    assert (found.summary == "Nothing changed") == (old == new)


def test_long_texts_take_a_fraction_of_a_second() -> None:
    chance = random.Random(1)
    words = ["guide", "service", "team", "the", "a", "of", "public"]
    old = [" ".join(chance.choices(words, k=12)) for _ in range(3500)]
    new = list(old)
    chance.shuffle(new)
    with costs_at_most(3):
        by_lines = difference("\n".join(old), "\n".join(new))
        in_one_line = difference(" ".join(old), " ".join(new))
    assert by_lines.hunks
    assert in_one_line.hunks


@given(st.lists(st.sampled_from(["a b c", "a b d", "", "x y", "zz"]), max_size=40), st.data())
def test_what_a_difference_shows_is_what_changed(old: list[str], data: st.DataObject) -> None:
    new = data.draw(st.lists(st.sampled_from(["a b c", "a q d", "", "x", "w w"]), max_size=40))
    found = difference("\n".join([*old, "end"]), "\n".join([*new, "end"]))
    before, after = [*old, "end"], [*new, "end"]
    for hunk in found.hunks:
        for line in hunk.lines:
            if line.old:
                assert "".join(part.text for part in line.segments if part.kind != "added") == before[line.old - 1]
                before[line.old - 1] = ""
            if line.new:
                assert "".join(part.text for part in line.segments if part.kind != "removed") == after[line.new - 1]
                after[line.new - 1] = ""
    assert [line for line in before if line] == [line for line in after if line]


HOSTILE = {
    "few lines": ("\n".join(["a", "b"] * 450), "\n".join(["b", "c", "a"] * 300)),
    "many lines": ("\n".join(["a", "b"] * 60_000), "\n".join(["b", "c", "a"] * 40_000)),
    "long lines": ("\n".join(["a b " * 190] * 340), "\n".join(["c b a " * 130] * 340)),
    "lines with a word of their own": (
        "\n".join(f"x{n} " + "a b " * 90 for n in range(700)),
        "\n".join(f"x{n} " + "c b a " * 60 for n in range(700)),
    ),
    "few lines between ones of their own": (
        "\n".join(f"k{n}\n" + "a\nb\n" * 30 for n in range(500)),
        "\n".join(f"k{n}\n" + "b\nc\na\n" * 20 for n in range(500)),
    ),
}


@pytest.mark.parametrize("texts", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_two_texts_cost_more_than_was_allowed(texts: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    count = looked_at(monkeypatch)
    found = difference(*texts)
    assert found.hunks
    assert count[0] <= MAX_WORK


def test_more_changes_than_a_page_can_show_are_only_counted() -> None:
    found = difference("\n".join(["a"] * 9_000), "\n".join(["b"] * 9_000))
    assert (found.cut, found.removed, found.added) == (True, 9_000, 9_000)
    assert sum(len(hunk.lines) for hunk in found.hunks) == MOST_SHOWN
