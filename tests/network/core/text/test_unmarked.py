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


def test_added_blank_lines_are_no_lines() -> None:
    assert shown("One", "One\n\nTwo\n\n\nThree") == [
        (False, [("same", "One")]),
        (False, [("added", "Two")]),
        (False, [("added", "Three")]),
    ]
    assert shown("One\nTwo", "One\n\nTwo") == []


def test_pictures_and_notes_are_told_in_words() -> None:
    assert shown("", "![An orange door](/files/3f2)") == [(False, [("added", "Picture: An orange door")])]
    assert shown("", "Look: ![](/files/3f2)") == [(False, [("added", "Look: Picture")])]
    assert shown("![An orange door](/files/3f2)", "![An open door](/files/3f2)") == [
        (False, [("same", "Picture: An "), ("removed", "orange"), ("added", "open"), ("same", " door")])
    ]
    assert shown("", "Ask first.[^1]\n\n[^1]: By letter.") == [
        (False, [("added", "Ask first. (note 1)")]),
        (False, [("added", "Note 1: By letter.")]),
    ]


def test_another_picture_and_the_address_of_a_link_are_shown() -> None:
    other = shown("![The door](/files/aaa)", "![The door](/files/bbb)")
    assert ("added", "bbb") in other[0][1]
    assert shown("", "[Apply](https://a.example)") == [(False, [("added", "[Apply](https://a.example)")])]


def test_tables_are_told_by_cells() -> None:
    old = "| Step | Days |\n| --- | --- |\n| Apply | ten |\n"
    new = "| Step | Days |\n| --- | --- |\n| Apply | five |\n| **Appeal** | a \\| b |\n"
    (hunk,) = unmarked(difference(old, new)).hunks
    cells = [[[(part.kind, part.text.strip()) for part in cell] for cell in line.cells] for line in hunk.lines]
    assert cells == [
        [[("same", "Step")], [("same", "Days")]],
        [[("same", "Apply")], [("removed", "ten"), ("added", "five")]],
        [[("added", "Appeal")], [("added", "a | b")]],
    ]
    assert [line.heading for line in hunk.lines] == [True, False, False]
