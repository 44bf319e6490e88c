"""How parts look on paper, in high contrast, with large text and on a telephone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize, expect

GROUP = "/groups/accessibility-in-practice"
EDGES = (
    "nodes => new Set(nodes.map(node => getComputedStyle(node).borderTopWidth + getComputedStyle(node).boxShadow)).size"
)
STYLE = "(node, name) => getComputedStyle(node)[name]"


@pytest.fixture
def plain(look: Callable[[str], Page]) -> Page:
    """A visitor's window as others left it, put back to a desktop."""
    page = look("")
    page.set_viewport_size(ViewportSize(width=1280, height=900))
    page.emulate_media(media="screen", forced_colors="none")
    return page


def test_paper_has_no_dead_interface_and_one_edge_for_all_figures(plain: Page) -> None:
    plain.goto(GROUP)
    plain.emulate_media(media="print")
    for words in ("Start a discussion", "Latest", "Members"):
        expect(plain.get_by_role("link", name=words).first).to_be_hidden()
    for address in (GROUP, "/library"):
        plain.goto(address)
        assert plain.locator(".cp-figure").evaluate_all(EDGES) == 1
        assert plain.locator(".cp-figure").first.evaluate(STYLE, "borderTopWidth") == "1px"
    plain.goto("/search?q=planning")
    for words in ("Save this search", "Why here?"):
        expect(plain.get_by_text(words).first).to_be_hidden()


def test_high_contrast_tells_what_is_chosen_and_keeps_the_line_under_tabs(plain: Page) -> None:
    plain.goto(GROUP)
    plain.emulate_media(forced_colors="active")
    widths = [chip.evaluate(STYLE, "borderTopWidth") for chip in plain.locator(".cp-chip").all()[:2]]
    assert widths == ["3px", "1px"]
    plain.goto("/questions")
    assert {tab.evaluate(STYLE, "marginBottom") for tab in plain.locator(".cp-tabs--line a").all()} == {"0px"}


def test_twice_the_text_stays_in_its_box(plain: Page) -> None:
    plain.goto(GROUP)
    plain.evaluate("document.documentElement.style.setProperty('font-size', '200%', 'important')")
    assert (
        plain.locator(".cp-figure").evaluate_all("nodes => nodes.filter(n => n.scrollWidth > n.clientWidth).length")
        == 0
    )


def test_a_button_alone_is_as_wide_as_its_form_on_a_telephone(plain: Page) -> None:
    plain.set_viewport_size(ViewportSize(width=390, height=800))
    plain.goto("/join")
    button = plain.get_by_role("button", name="Create account").bounding_box()
    assert button is not None
    assert button["width"] == 390 - 2 * 15
