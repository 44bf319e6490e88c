"""Nothing that anybody types gets more onto a page than the allow-list names."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from network.core.text.cleaning import clean
from network.core.text.markdown import render
from tests.support.markup import forbidden
from tests.support.payloads import CANARY, HTML, PAYLOADS


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payload_comes_out_harmless(payload: str) -> None:
    assert forbidden(render(payload).html) == []
    assert forbidden(render(f"> - {payload}\n\n| a |\n|---|\n| {payload} |", id_prefix="p3-").html) == []


@pytest.mark.parametrize("payload", HTML)
def test_the_allow_list_holds_by_itself(payload: str) -> None:
    """The second line of defence: raw HTML that never met the converter."""
    assert forbidden(clean(payload)) == []


def test_the_scan_finds_what_the_bare_converter_lets_through() -> None:
    """The oracle itself can fail: without our renderer it finds most payloads."""
    import markdown

    caught = [payload for payload in PAYLOADS if forbidden(markdown.markdown(payload))]
    assert len(caught) > len(PAYLOADS) // 2


def test_words_of_a_payload_stay_readable() -> None:
    assert CANARY in render(f"<script>{CANARY}()</script>").text


_PIECES = st.sampled_from(
    ["<", ">", '"', "'", "&", "[", "]", "(", ")", "!", "`", "```", "*", "_", "~~", "\n", "\n\n",
     "    ", "> ", "- ", "| ", "|-|", "#", "[^1]", "[^1]: ", "!!! note ", "<a href=", "onclick=x",
     "javascript:", "http://x/", "x", "<script>", "\x02", "\x03", "wzxhzdk:0", "&#x6a;", "\\", "//",
     "/files/a.png", "*[x]: ", "[x]: ", "1. "]
)  # fmt: skip


@settings(max_examples=250)
@given(st.lists(_PIECES, max_size=40).map("".join))
def test_no_mixture_of_markup_gets_through(source: str) -> None:
    rendered = render(source)
    assert forbidden(rendered.html) == []


@settings(max_examples=100)
@given(st.text(max_size=400))
def test_any_text_is_rendered(source: str) -> None:
    assert forbidden(render(source, id_prefix="p1-").html) == []
