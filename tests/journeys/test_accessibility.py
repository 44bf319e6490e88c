"""axe-core on one page of every kind: no violation at any width, in light and dark, and nothing to scroll sideways."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.journeys.conftest import Visit, email_of, sign_in
from tests.journeys.page_kinds import PAGES
from tests.journeys.site import Site

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
BUILT = ROOT / "static" / "dist"
WIDE, NARROW, NARROWEST = 1280, 390, 320
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOUR = ["color-contrast", "link-in-text-block"]
Look = tuple[int, Literal["light", "dark"], list[Any]]
# Only colour changes between light and dark, and little is shown to wide or to narrow windows alone: the menu, the
# filters and their buttons. The tests below have those in the other light.
LOOKS: tuple[Look, ...] = ((WIDE, "light", ["tag", TAGS]), (NARROWEST, "dark", ["tag", TAGS]))
OFTEN_OTHERWISE = ("home", "search", "library", "people", "guide", "guide-owner")
RUN = """async ([kind, values]) => {
  const found = await axe.run(document, {runOnly: {type: kind, values}, resultTypes: ['violations']});
  const shown = node => node.html.slice(0, 160);
  return found.violations.map(rule => rule.id + ': ' + rule.nodes.slice(0, 3).map(shown).join(' | '));
}"""
WIDER = """() => {
  const room = document.documentElement.clientWidth;
  const inside = element => element.closest('.cp-table, pre, [role=region][tabindex], .govuk-visually-hidden') !== null;
  if (document.documentElement.scrollWidth <= room) return [];
  const found = [...document.querySelectorAll('body *')].filter(element =>
    !inside(element) && (element.getBoundingClientRect().right > room + 1 || element.scrollWidth > room));
  // The innermost ones tell most; something is always told.
  return [document.documentElement.scrollWidth + ' pixels', ...found.slice(-5).map(e => e.outerHTML.slice(0, 160))];
}"""
# Titles have 150 letters at most, and nobody has to put a space between them.
TITLES = """() => document.querySelectorAll(
  'h1, main h2 a, main h3 a, .cp-form p > strong, .govuk-breadcrumbs li:not(:first-child) a, .govuk-back-link'
).forEach(element => { element.textContent = 'W'.repeat(150); })"""
# As the idle script does with a form that is half written.
HAND_OVER = """async () => {
  const body = new FormData(document.querySelector('form[novalidate]'));
  body.set('title', 'How long do you keep paper forms once they are scanned?');
  const answer = await fetch('/kept?path=/ask', {method: 'POST', body, headers: {Accept: 'application/json'}});
  window.handedOver = new URL((await answer.json()).address, location).searchParams.get('next');
}"""
CONDITION = re.compile(r"@(?:media|container)([^{]*)")
STEP = re.compile(r"width\s*[:<>]=?\s*([\d.]+)(px|em)")
no_axe = pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: npm ci --ignore-scripts")


# Between 320 and 390 pixels nothing is shown, hidden or coloured otherwise, which a test below holds; and what lies too
# near or too far at 390 does so at 320. So the narrowest stands for both.
@no_axe
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_at_any_width(look: Callable[[str], Page], site: Site, name: str) -> None:
    kind = PAGES[name]
    page = look(kind.who)
    page.set_viewport_size(ViewportSize(width=WIDE, height=900))
    answer = page.goto(kind.at(site))
    assert answer is not None
    assert answer.status == kind.status, f"{kind.at(site)} answered {answer.status}"
    assert _faults(page) == {}


@no_axe
def test_axe_finds_nothing_on_the_pages_of_a_shared_computer(visit: Visit, site: Site) -> None:
    page = visit(reduced_motion="reduce")
    sign_in(page, email_of(site, "priya-raman"), site.password, shared=True)
    for address in ("/idle?next=/people", "/idle?next=/ask%3Fkept%3Dx", "/ask"):
        page.goto(address)
        assert _faults(page) == {}, address
    page.evaluate(HAND_OVER)
    page.goto(page.evaluate("window.handedOver").replace("/ask?kept=", "/kept/"))
    assert _faults(page) == {}


@no_axe
def test_axe_finds_nothing_in_what_only_narrow_windows_show(visit: Visit) -> None:
    page = visit(viewport={"width": NARROWEST, "height": 900}, reduced_motion="reduce")
    page.goto("/search?q=register")
    page.evaluate(_axe())
    assert page.evaluate(RUN, ["tag", TAGS]) == []
    page.get_by_role("button", name="Menu").click()
    page.locator("summary", has_text="Filter").click()
    assert page.evaluate(RUN, ["tag", TAGS]) == []


@no_axe
@pytest.mark.parametrize("name", OFTEN_OTHERWISE)
def test_axe_finds_nothing_in_the_colours_of_what_only_wide_windows_show(
    look: Callable[[str], Page], site: Site, name: str
) -> None:
    page = look(PAGES[name].who)
    page.set_viewport_size(ViewportSize(width=WIDE, height=900))
    page.emulate_media(color_scheme="dark")
    page.goto(PAGES[name].at(site))
    page.evaluate(_axe())
    assert page.evaluate(RUN, ["rule", COLOUR]) == []


@no_axe
def test_axe_finds_planted_faults(visit: Visit) -> None:
    page = visit()
    page.goto("/about")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=x><input><h6>Deep</h6>')")
    page.evaluate(_axe())
    found = " ".join(page.evaluate(RUN, ["tag", TAGS]))
    assert all(rule in found for rule in ("image-alt", "label", "heading-order"))


def test_nothing_is_shown_otherwise_between_the_narrowest_widths() -> None:
    style = (BUILT / json.loads((BUILT / "manifest.json").read_text())["main.css"]).read_text()
    conditions = " ".join(CONDITION.findall(style))
    steps = {float(size) * (16 if unit == "em" else 1) for size, unit in STEP.findall(conditions)}
    assert len(steps) > 2
    assert not [step for step in steps if NARROWEST < step <= NARROW]


def test_nothing_scrolls_sideways_at_320_without_script(visit: Visit, site: Site) -> None:
    people = {kind.who for kind in PAGES.values()}
    windows = {who: visit(who, scripts=False, viewport={"width": 320, "height": 800}) for who in people}
    found: dict[str, Any] = {}
    for name, kind in PAGES.items():
        windows[kind.who].goto(kind.at(site))
        if wider := windows[kind.who].evaluate(WIDER):
            found[name] = wider
    assert found == {}


def test_a_title_of_one_long_word_fits(visit: Visit, site: Site) -> None:
    for name in ("guide-history", "guide-check", "guide-version", "collection", "library", "ask"):
        page = visit(PAGES[name].who, scripts=False, viewport={"width": 320, "height": 800})
        page.goto(PAGES[name].at(site))
        page.evaluate(TITLES)
        assert page.evaluate(WIDER) == [], name


def test_a_planted_wide_thing_is_found(visit: Visit) -> None:
    page = visit(scripts=False, viewport={"width": 320, "height": 800})
    page.goto("/about")
    page.evaluate("""() => {
      const wide = document.querySelector('main').appendChild(document.createElement('p'));
      wide.textContent = 'w'.repeat(80);
      wide.style.overflowWrap = 'normal';
    }""")
    assert page.evaluate(WIDER) != []


def _faults(page: Page) -> dict[str, Any]:
    """What axe finds, and what is wider than the narrowest window, each with where it was seen first."""
    page.evaluate(_axe())
    found: dict[str, Any] = {}
    for width, scheme, rules in LOOKS:
        page.set_viewport_size(ViewportSize(width=width, height=900))
        page.emulate_media(color_scheme=scheme)
        for violation in page.evaluate(RUN, rules):
            found.setdefault(violation, f"at {width}, {scheme}")
    if wider := page.evaluate(WIDER):
        found[f"wider than {NARROWEST} pixels"] = wider
    return found


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")
