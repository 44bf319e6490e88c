"""Reading a text costs in proportion to its length, whatever is in it: twice as much text, twice the time."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.library.importing import kramdown
from network.library.importing.addresses import inline_references, take_anchors
from network.library.importing.documents import Limits
from network.library.importing.fields import title_of
from network.library.importing.html import tidy, to_markdown
from network.library.importing.liquid import GONE, Page, expand
from network.library.importing.masking import Mask
from network.library.importing.source import licence_id, read_source
from network.library.importing.tables import mend_tables
from tests.support.cost import grows_gently

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


def cell(text: str) -> None:
    to_markdown(f"<table><tr><td>{text}</td></tr></table>")


@pytest.mark.parametrize(
    ("reads", "before", "piece", "after", "length"),
    [
        (cell, "a", "<p></p>", "b", 3_500),
        (tidy, "a", " ", "b", 30_000),
        (read_source, "a", " ", "b", 6_000),
        (read_source, "name: a", " ", "b", 30_000),
        (licence_id, "", "ogl ", "", 60_000),
        (licence_id, "open government licence", " ", "b", 30_000),
        (lambda text: title_of({}, text, "a.md", Limits()), "# a", " ", "b", 10_000),
        (lambda text: title_of({}, text, "a.md", Limits()), "# a", "![", "", 30_000),
        (lambda text: Mask().code(text), "", "> ```a\n", "", 10_000),
        (lambda text: Mask().code(text), "", "````a\n> ```\n", "~~~", 10_000),
        (inline_references, "[a]: ", "(", "", 30_000),
    ],
)
def test_what_is_read_besides_costs_as_much_as_there_is_of_it(
    reads: Callable[[str], object], before: str, piece: str, after: str, length: int
) -> None:
    assert grows_gently(lambda size: reads(before + piece * (size // len(piece)) + after), length)


def test_finding_headings_for_links_costs_as_much_as_there_are() -> None:
    def finds(size: int) -> None:
        _, places = take_anchors("# a\n" * size + "# 2. Setup")
        assert [places.find(f"#q{number}") for number in range(size)] == [""] * size
        assert (places.find("setup"), places.find("a-2")) == ("2-setup", "a-2")

    assert grows_gently(finds, 3_000)


@given(st.lists(st.sampled_from(["\n", "```", "````", "~~~", "`", "> ", ">", " ", "a"]), max_size=24).map("".join))
def test_fences_end_at_the_next_mark_that_closes_them(text: str) -> None:
    """Slower but shorter: the mark is as long as the one that opened it, or as long as any there is."""
    fence = re.compile(r"(?ms)^([ ]*(?:>[ ]?)*)(`{3,}|~{3,})[^\n]*\n(?:.*?\n)??\1?[ ]*\2[`~]*[ ]*$")
    mask = Mask()
    left = mask._without_fences(text)
    kept = [match[0] for match in fence.finditer(text)]
    assert re.sub("\ue000\\d+\ue001", "+", left) == fence.sub("+", text)
    assert mask._kept == kept
