"""Differences as people read them: marks go where nothing depends on them, and stay where they are what changed."""

from __future__ import annotations

from network.core.text.diff import difference
from network.core.text.unmarked import unmarked


def shown(old: str, new: str) -> list[tuple[bool, list[tuple[str, str]]]]:
    lines = [line for hunk in unmarked(difference(old, new)).hunks for line in hunk.lines]
    return [(line.heading, [(segment.kind, segment.text) for segment in line.segments]) for line in lines]


def test_marks_of_headings_boxes_and_emphasis_are_not_shown() -> None:
    assert shown("## Publish it\n", "## Publish it\nMore\n")[0] == (True, [("same", "Publish it")])
    assert shown("## Publish in four steps", "## Publish in five steps") == [
        (True, [("same", "Publish in "), ("removed", "four"), ("added", "five"), ("same", " steps")])
    ]
    assert shown("", '!!! warning "Ask first"') == [(False, [("added", "Warning box: Ask first")])]
    assert shown("", "*Ask **three** people* and 3 * 4 * 5") == [
        (False, [("added", "*Ask three people* and 3 * 4 * 5")])
    ]
    assert shown("", "* *One* of **two**") == [(False, [("added", "* One of two")])]


def test_a_mark_that_changed_is_shown() -> None:
    assert shown("## Same words here", "### Same words here") != [(True, [("same", "Same words here")])]
    assert ("added", "*") in shown("Ask three people", "Ask *three people")[0][1]


def test_code_keeps_its_marks() -> None:
    lines = shown("", "```\n# A comment\n*x* = 1\n```\n\n# A heading")
    assert (False, [("added", "# A comment")]) in lines
    assert (False, [("added", "*x* = 1")]) in lines
    assert (True, [("added", "A heading")]) in lines
