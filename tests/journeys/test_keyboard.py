"""Journeys with Tab, Enter and letters alone, and that every stop can be seen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit
from tests.journeys.page_kinds import PAGES
from tests.journeys.site import Site

MOST_STOPS = 150
FOCUSED = """() => {
  const at = document.activeElement;
  const label = at.labels && at.labels.length ? at.labels[0].innerText : '';
  return (label || at.getAttribute('aria-label') || at.innerText || at.value || '').replace(/\\s+/g, ' ').trim();
}"""
# How an element and what is drawn around it look: where the focus is, something of this must change.
LOOKS = """element => {
  const draw = (node, part) => {
    const style = getComputedStyle(node, part);
    return [style.outline, style.boxShadow, style.backgroundColor, style.borderColor, style.textDecoration].join();
  };
  const label = element.labels && element.labels[0];
  const around = [element, element.parentElement, element.closest('.cp-composer, .cp-search, .cp-composer__box')];
  const looks = around.filter(Boolean).map(node => draw(node)).join();
  return looks + (label ? draw(label, '::before') : '');
}"""
REMEMBER = f"""() => {{
  const looks = {LOOKS};
  window.before = new Map();
  window.seen = new Set();
  document.activeElement.blur();
  for (const element of document.querySelectorAll('a, button, input, select, textarea, summary, [tabindex]'))
    window.before.set(element, looks(element));
}}"""
UNSEEN = f"""() => {{
  const looks = {LOOKS}, at = document.activeElement;
  if (at === document.body) return null;
  /* A date has stops inside it, of which the browser draws the last by itself. */
  if (window.seen.has(at)) return '';
  window.seen.add(at);
  const box = at.getBoundingClientRect();
  const shown = window.before.get(at) !== looks(at) && (box.width > 1 || at.matches('[type=radio], [type=checkbox]'));
  return shown ? '' : at.outerHTML.slice(0, 160);
}}"""


def tab_to(page: Page, words: str) -> None:
    """Press Tab until the focus is on what carries these words."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if re.search(words, page.evaluate(FOCUSED)):
            return
    raise AssertionError(f"no stop carries “{words}” on {page.url}")


def test_find_and_read(visit: Visit, scripts: bool) -> None:
    page = visit(scripts=scripts)
    page.goto("/")
    tab_to(page, "^Search guides")
    page.keyboard.type("planning register")
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile("results? for"))
    tab_to(page, "^Moving a planning register to open data$")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Moving a planning register to open data")


def test_ask(visit: Visit, scripts: bool) -> None:
    title = f"Who {'polishes' if scripts else 'waters'} the weathercock?"
    page = visit("leila-nasser", scripts=scripts)
    page.goto("/")
    tab_to(page, "^Ask or share$")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ask or share")
    tab_to(page, "^Ask a question")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ask a question")
    tab_to(page, "^Title")
    page.keyboard.type(title)
    tab_to(page, "^Text")
    page.keyboard.type("Ours squeaks.")
    tab_to(page, "^Ask question$")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_the_first_stop_skips_to_the_page_itself(visit: Visit, scripts: bool) -> None:
    page = visit(scripts=scripts)
    page.goto("/library")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("address", ["/library", "/people", "/search?q=housing"])
def test_the_second_stop_skips_the_filters(visit: Visit, scripts: bool, address: str) -> None:
    page = visit(scripts=scripts)
    page.goto(address)
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip the filters")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    behind = "document.getElementById('results').compareDocumentPosition(document.activeElement)"
    assert page.evaluate(f"({behind} & Node.DOCUMENT_POSITION_FOLLOWING) > 0")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["home", "library", "guide", "guide-new", "join", "thread-member"])
def test_every_stop_can_be_seen(visit: Visit, site: Site, name: str, scheme: str) -> None:
    kind = PAGES[name]
    page = visit(kind.who, color_scheme=scheme, reduced_motion="reduce")
    page.goto(kind.at(site))
    page.evaluate(REMEMBER)
    stops, unseen = 0, []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        found = page.evaluate(UNSEEN)
        if found is None:
            break
        stops += 1
        unseen += [found] if found else []
    assert stops > 10
    assert unseen == []


def test_a_planted_stop_that_cannot_be_seen_is_found(visit: Visit) -> None:
    page = visit(scripts=True)
    page.goto("/about")
    page.evaluate(
        """() => {
      const hidden = document.createElement('button');
      hidden.textContent = 'Planted';
      document.body.prepend(hidden);
      const rule = new CSSStyleSheet();
      rule.replaceSync('body > button, body > button:focus { all: unset; }');
      document.adoptedStyleSheets = [rule];
    }"""
    )
    page.evaluate(REMEMBER)
    page.keyboard.press("Tab")
    assert "Planted" in page.evaluate(UNSEEN)


def test_whoever_posts_or_accepts_goes_on_from_the_post(visit: Visit, scripts: bool) -> None:
    page = visit("leila-nasser", scripts=scripts)
    page.goto("/ask")
    page.get_by_label("Title").fill(f"Who {'oils' if scripts else 'paints'} the lighthouse door?")
    page.locator("textarea[name=body]").fill("It sticks.\n\n" * 40)
    page.get_by_role("button", name="Ask question").click()
    page.locator("textarea[name=body]").fill("We do.")
    page.get_by_role("button", name="Post reply").click()
    expect(page.locator("#post-2")).to_be_focused()
    expect(page.locator("#post-2")).to_be_in_viewport()
    page.get_by_role("button", name="Accept this answer in post #2").click()
    expect(page.get_by_role("heading", name="Accepted answer")).to_be_visible()
    expect(page.locator("#post-2")).to_be_focused()


def test_what_was_done_has_the_focus_where_no_post_has(visit: Visit) -> None:
    page = visit("leila-nasser")
    page.goto("/settings/profile")
    page.get_by_role("main").get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_be_focused()


def test_what_comes_after_a_preview_begins_at_its_top(visit: Visit, scripts: bool) -> None:
    page = visit("leila-nasser", scripts=scripts)
    page.goto("/groups/new")
    name = f"{'Kite' if scripts else 'Tide'} watchers"
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Purpose").fill("To watch together.")
    page.get_by_role("button", name="Preview").click()
    expect(page).to_have_url(re.compile("#preview$"))
    page.get_by_role("button", name="Start group").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    assert "#" not in page.evaluate("location.href"), page.evaluate("location.href")
