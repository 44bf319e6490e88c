"""Sections cut out of a text and put back, and what a page shows of very large changes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from network.core.text.markdown import render
from network.library.suggestions.merging import MOST_SHOWN, how_much, merged, open_changes
from network.library.suggestions.passages import passage
from network.library.wording import Words
from tests.support.cost import costs_at_most, grows_gently

LINES = st.lists(st.sampled_from(["# A", "## B", "## B", "### C *d*", "```", "words", "", "- ## no", "## [x](/y) z"]))


@settings(max_examples=60)
@given(LINES.map("\n".join))
def test_a_section_put_back_unchanged_gives_the_text(body: str) -> None:
    for heading in ("h-a", "h-b", "h-b-2", "h-c-d", "h-x-z"):
        if found := passage(body, heading):
            assert found.before + found.text + found.after == body
            assert found.put(found.text.rstrip("\n")).rstrip("\n") == body.rstrip("\n")


def test_sections_are_found_by_the_ids_of_the_page() -> None:
    body = "Before\n\n## One\n\na\n\n```\n## Not one\n```\n\n### **Two** [x](/y)\n\nb\n\n## One\n\nc\n"
    ids = [heading.id for heading in render(body).headings]
    found = [passage(body, id_) for id_ in ids]
    assert [one.text.splitlines()[0] for one in found if one] == ["## One", "### **Two** [x](/y)", "## One"]
    assert [one.title for one in found if one] == ["One", "Two x", "One"]
    assert found[0] is not None
    assert found[0].text.endswith("b\n\n")
    assert passage(body, "h-not-one") is None


@pytest.mark.parametrize(
    ("title", "body", "words"),
    [
        ("T", "one two three", "1 paragraph changes"),
        ("U", "one two", "The title changes"),
        ("U", "one two\n\nmore", "1 paragraph is added, the title changes"),
        ("T", "", "1 paragraph is removed"),
        ("T", "one two\n\n## More\n\na\n\nb", "2 paragraphs and 1 heading are added"),
    ],
)
def test_how_much_is_said_in_one_sentence(title: str, body: str, words: str) -> None:
    base = Words("T", "", "one two")
    assert how_much(merged(base, base, Words(title, "", body))) == words


def test_of_very_many_changes_the_last_one_says_how_many_it_holds() -> None:
    base = Words("T", "", "\n\n".join(f"{n} words that stand here" for n in range(660)))
    found = merged(base, base, base._replace(body=base.body.replace("words", "letters")))
    assert how_much(found) == "660 paragraphs change"
    assert [change.stands_for for change in found.body.changes] == [1] * 99 + [561]


def test_the_largest_texts_are_shown_in_time_and_in_part() -> None:
    lines = 6_500
    old = "\n".join(f"line {n} of a long text about registers" for n in range(lines))
    base = Words("T", "", old)
    new = Words("T", "", old.replace("long", "short").replace("\n", "\n\n"))
    with costs_at_most(3):
        found = merged(base, base, new)
        shown = open_changes(found)
    letters = sum(len(s.text) for c in shown for h in c.shown.hunks for line in h.lines for s in line.segments)
    assert letters <= MOST_SHOWN
    assert shown[-1].cut
    assert found.words(found.keys).body == new.body


@pytest.mark.parametrize(("piece", "after", "length"), [(" ", "b", 500), ("[", "", 10_000), ("[a](", "", 40_000)])
def test_a_long_heading_costs_as_much_as_there_is_to_look_at(piece: str, after: str, length: int) -> None:
    assert grows_gently(lambda size: passage(f"# a{piece * (size // len(piece))}{after}", "h-b"), length)
