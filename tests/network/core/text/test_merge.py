"""Merging by paragraph: nothing of either side is lost, and each change can be taken or left."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from network.core.text.merge import MOST_CHANGES, merge
from network.core.text.paragraphs import differences, paragraphs
from tests.support.cost import costs_at_most

BASE = "## How\n\nAsk first.\n\n```\ncode\n\nmore\n```\n\nThen write.\n\nLast words here.\n"
TEXTS = st.lists(
    st.sampled_from(["one two", "## Head", "three", "", "\n", "```", "  ", "four five six", "- a\n- b"])
).map("\n\n".join)


@given(st.text(alphabet="ab \n`~#") | TEXTS)
def test_paragraphs_are_the_text(text: str) -> None:
    assert "".join(paragraphs(text)) == text


def test_code_between_fences_is_one_paragraph() -> None:
    assert [piece.strip() for piece in paragraphs(BASE)][2] == "```\ncode\n\nmore\n```"


@settings(max_examples=80)
@given(TEXTS, TEXTS)
def test_all_changes_of_an_unmoved_base_give_the_proposal_and_none_what_stands(base: str, proposed: str) -> None:
    merged = merge(base, base, proposed)
    assert not any(change.conflict for change in merged.changes)
    assert merged.text([]) == base
    if merged.changes:
        assert merged.text([change.number for change in merged.changes]) == proposed


@settings(max_examples=80)
@given(TEXTS, TEXTS, TEXTS)
def test_of_a_moved_base_none_gives_what_stands_and_each_change_holds_its_words(base: str, now: str, new: str) -> None:
    merged = merge(base, now, new)
    assert merged.text([]) == now
    assert "".join(piece if isinstance(piece, str) else piece.now for piece in merged.pieces) == now
    for change in merged.changes:
        assert change.proposed.strip() in merged.text([change.number])


PARAGRAPHS = st.lists(st.integers(0, 999), min_size=3, max_size=9, unique=True)


@settings(max_examples=80)
@given(PARAGRAPHS, st.data())
def test_edits_of_different_paragraphs_are_both_in_the_merge(numbers: list[int], data: st.DataObject) -> None:
    pieces = [f"Paragraph {number} says so." for number in numbers]
    mine, theirs = data.draw(st.permutations(range(len(pieces))))[:2]
    now, proposed = list(pieces), list(pieces)
    now[mine] += " And more of mine."
    proposed[theirs] = data.draw(st.sampled_from([pieces[theirs] + " And theirs.", "", "All other words."]))
    merged = merge(*("\n\n".join(piece for piece in text if piece) for text in (pieces, now, proposed)))
    (change,) = merged.changes
    assert not change.conflict
    wanted = list(now)
    wanted[theirs] = proposed[theirs]
    assert merged.text([1]).strip() == "\n\n".join(piece for piece in wanted if piece)


def test_the_same_paragraph_changed_by_both_is_a_conflict() -> None:
    now = BASE.replace("Ask first.", "Ask them first.")
    merged = merge(BASE, now, BASE.replace("Ask first.", "Ask first of all.") + "\nMore.\n")
    asked, more = merged.changes
    assert (asked.conflict, asked.now.strip(), asked.base.strip()) == (True, "Ask them first.", "Ask first.")
    assert (more.conflict, more.now, more.proposed) == (False, "", "More.\n")
    assert merged.text([2]) == now + "\nMore.\n"
    assert "Ask first of all." in merged.text([1])


def test_what_stands_already_is_no_change() -> None:
    proposed = BASE.replace("Then write.", "Then write it down.")
    assert merge(BASE, proposed, proposed).changes == []


def test_one_changed_paragraph_among_new_ones_is_a_change_of_its_own() -> None:
    proposed = BASE.replace("Ask first.", "Ask first, always.\n\nA new paragraph of its own.")
    assert [(c.now.strip(), c.proposed.strip()) for c in merge(BASE, BASE, proposed).changes] == [
        ("Ask first.", "Ask first, always."),
        ("", "A new paragraph of its own."),
    ]


def test_hostile_texts_are_merged_in_time_and_into_few_changes() -> None:
    many = ["a", "b"] * 40_000
    other = ["b", "b", "a"] * 27_000
    base = "\n\n".join(f"{n} words that stand here" for n in range(8_000))
    with costs_at_most(4):
        differences(many, other)
        merged = merge(base, base, base.replace("words", "word"))
    assert len(merged.changes) == MOST_CHANGES
    assert merged.text(range(1, MOST_CHANGES + 1)) == merged.proposed
