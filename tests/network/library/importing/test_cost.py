"""Reading a text costs in proportion to its length, whatever is in it: twice as much text, twice the time."""

from __future__ import annotations

import time

import pytest

from network.library.importing import kramdown
from network.library.importing.addresses import inline_references, take_anchors
from network.library.importing.liquid import GONE, Page, expand
from network.library.importing.masking import Mask
from network.library.importing.tables import mend_tables

LENGTH = 16_000
# Below this nobody could tell the two apart on a busy machine; what costs its square is far above.
TOO_LITTLE = 0.15


def read(text: str) -> None:
    """All steps of an import that look for pairs of marks, by themselves: before them a dense text is refused."""
    expand(text, Page("a.md", {}), Mask())
    mend_tables(text)
    kramdown.drop_empty_labels(kramdown.drop_contents(kramdown.plain_markdown(text)))
    take_anchors(text)
    inline_references("[a]: /b\n\n" + text)


def seconds(text: str) -> float:
    started = time.process_time()
    read(text)
    return time.process_time() - started


@pytest.mark.parametrize(
    ("before", "piece", "after"),
    [
        ("", "{# ", ""),
        ("a #}", "{# ", ""),
        ("", "{% raw %}", ""),
        ("", "{% raw %}", "{% endverbatim %}"),
        ("", "{% note %}", ""),
        ("", "{% comment %}", ""),
        ("", "{% for a in site.pages %}", ""),
        ("{% for a in site.pages %}", "{% if a.b == 'c' %}", "{% endfor %}"),
        ("{{", " ", "a"),
        ("", "{::comment}", ""),
        ("", "{::a ", ""),
        ("# a", "{#a ", ""),
        ("# a", " ", "a"),
        ("# ", " ", "a"),
        ("{:", "#a", ""),
        ("", "\\[a](", ""),
        ("", "x[a](", ""),
        ("^a", " ", "a"),
        ("- ", " ", "a\n"),
        ("a", " ", "a"),
        (f"a:\n{GONE}", "\n", "a"),
        ("# ", "[", ""),
        ("# ", "![", ""),
        ("# ", "[a](", ""),
        ("[a]:", " ", ""),
        ("[a]: b", " ", "c"),
        ("|a|b|\n|", "-", "a|\n|c|d|"),
    ],
)
def test_twice_as_much_text_takes_twice_as_long(before: str, piece: str, after: str) -> None:
    def once(length: int) -> float:
        return seconds(before + piece * (length // len(piece)) + after)

    long = min(once(2 * LENGTH) for _ in range(2))
    assert long < TOO_LITTLE or long < 3 * max(once(LENGTH) for _ in range(2))


@pytest.mark.parametrize("depth", [1, 30])
def test_loops_that_are_nested_too_deeply_go_all_the_same(depth: int) -> None:
    text = "{% for a in b %}" * depth + "words" + "{% endfor %}" * depth
    assert "%" not in expand(text, Page("a.md", {}), Mask())


def test_blocks_after_the_last_end_mark_stay_as_they_are() -> None:
    text = "{% raw %}{{ a }}{% endraw %} b {# c #} d {# e"
    mask = Mask()
    assert mask.restore(expand(text, Page("a.md", {}), mask)) == "{{ a }} b  d {# e"
