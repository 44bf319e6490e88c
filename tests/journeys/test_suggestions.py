"""The search box with its suggestions: by keyboard as the ARIA pattern for comboboxes asks, by mouse, and without."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit
from tests.journeys.test_accessibility import AXE, RUN, TAGS, no_axe

GUIDE = "/library/moving-a-planning-register-to-open-data"


def typed(page: Page, words: str, address: str = "/library") -> Page:
    """The page with words typed into its search box, as a person would, and the list open."""
    page.goto(address)
    page.get_by_role("combobox", name="Search guides").click()
    page.keyboard.type(words, delay=20)
    expect(page.get_by_role("listbox", name="Suggestions")).to_be_visible()
    return page


def marked(page: Page) -> str:
    """The words of the option that the box says is active; empty when it is the box itself."""
    return str(
        page.evaluate(
            """() => {
      const box = document.activeElement, id = box.getAttribute('aria-activedescendant');
      const option = id && document.getElementById(id);
      return option && option.getAttribute('aria-selected') === 'true' ? option.firstChild.textContent : '';
    }"""
        )
    )


@pytest.mark.parametrize("address", ["/", "/search", "/library", "/search?q=data"])
def test_every_search_box_suggests(visit: Visit, address: str) -> None:
    page = visit()
    page.goto(address)
    box = page.get_by_role("combobox", name="Search guides")
    box.fill("")
    box.press_sequentially("moving a plann")
    expect(page.get_by_role("option", name="Moving a planning register to open data")).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status").last).to_have_text(re.compile(r"Suggestions: \d"))


def test_arrows_go_round_and_enter_chooses(visit: Visit) -> None:
    page = typed(visit(), "moving a plann")
    assert marked(page) == "", "nothing is chosen until a person does"
    page.keyboard.press("ArrowDown")
    assert marked(page) == "Moving a planning register to open data"
    page.keyboard.press("ArrowUp")
    assert marked(page) == ""
    page.keyboard.press("ArrowUp")
    assert marked(page) != ""
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(GUIDE))


def test_enter_without_a_choice_searches_for_what_was_typed(visit: Visit) -> None:
    page = typed(visit(), "plan")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=plan$"))


def test_escape_closes_and_then_empties_and_alt_arrows_open_and_close(visit: Visit) -> None:
    page = typed(visit(), "plan")
    box, options = page.get_by_role("combobox", name="Search guides"), page.get_by_role("listbox", name="Suggestions")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(options).to_be_hidden()
    expect(box).to_have_value("plan")
    expect(box).to_have_attribute("aria-expanded", "false")
    assert marked(page) == ""
    page.keyboard.press("Alt+ArrowDown")
    expect(options).to_be_visible()
    assert marked(page) == ""
    page.keyboard.press("Alt+ArrowUp")
    expect(options).to_be_hidden()
    page.keyboard.press("Escape")
    expect(box).to_have_value("")


def test_leaving_the_box_closes_the_list_and_the_caret_moves_freely(visit: Visit) -> None:
    page = typed(visit(), "plan")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    assert marked(page) == ""
    page.keyboard.type("x")
    expect(page.get_by_role("combobox", name="Search guides")).to_have_value("xplan")
    expect(page.get_by_role("listbox", name="Suggestions")).to_be_hidden()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Search").first).to_be_focused()


def test_a_press_chooses(visit: Visit) -> None:
    page = typed(visit(), "moving a plann")
    page.get_by_role("option", name="Moving a planning register to open data").click()
    expect(page).to_have_url(re.compile(GUIDE))


def test_without_script_the_box_is_a_box(visit: Visit) -> None:
    page = visit(scripts=False)
    page.goto("/library")
    box = page.get_by_role("searchbox", name="Search guides")
    box.fill("planning register")
    box.press("Enter")
    expect(page).to_have_title(re.compile("results? for “planning register”"))


def test_a_server_that_does_not_answer_leaves_a_box_that_searches(visit: Visit) -> None:
    page = visit()
    page.route("**/search/suggest*", lambda route: route.abort())
    page.goto("/library")
    page.get_by_role("combobox", name="Search guides").click()
    page.keyboard.type("plan")
    page.wait_for_timeout(400)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=plan$"))


@no_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_an_open_list(visit: Visit, scheme: str) -> None:
    for width in (1280, 320):
        page = typed(visit(color_scheme=scheme, reduced_motion="reduce"), "plan")
        page.set_viewport_size({"width": width, "height": 900})
        page.keyboard.press("ArrowDown")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        assert page.evaluate(RUN, ["tag", TAGS]) == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
