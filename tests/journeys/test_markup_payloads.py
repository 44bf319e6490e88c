"""Every payload in a real browser: nothing runs when it is shown, clicked, hovered over or focused."""

from __future__ import annotations

import contextlib

from playwright.sync_api import Browser, Error, Route

from network.core.text.markdown import render
from tests.support.payloads import CANARY, PAYLOADS

_SITE = "http://site.test"
_PROVOKE = """() => {
  for (const element of document.querySelectorAll('body *')) {
    for (const kind of ['mouseover', 'mouseenter', 'focus', 'toggle', 'beforeinput'])
      element.dispatchEvent(new Event(kind, {bubbles: true}));
    if (element.focus) element.focus();
    if (element.click && !/^https?:|^mailto:|^tel:/.test(element.href || '')) element.click();
  }
}"""


def _what_ran(browser: Browser, bodies: list[str]) -> set[int]:
    """Numbers of the bodies that ran something or asked for something from elsewhere.

    Each is served as a page of its own, without any content security policy to help.
    """
    found: set[int] = set()
    shown = 0

    def serve(route: Route) -> None:
        if route.request.url == f"{_SITE}/{shown}":
            route.fulfill(body=f"<!doctype html><title>x</title><body>{bodies[shown]}", content_type="text/html")
            return
        if not route.request.url.startswith(_SITE):
            found.add(shown)
        route.abort()

    context = browser.new_context()
    context.route("**/*", serve)
    context.expose_binding(CANARY, lambda source: found.add(shown))
    page = context.new_page()
    for shown in range(len(bodies)):
        page.goto(f"{_SITE}/{shown}", wait_until="domcontentloaded")
        with contextlib.suppress(Error):
            # A payload may navigate away while it is being provoked; what it asked for counts all the same.
            page.evaluate(_PROVOKE)
            page.wait_for_timeout(10)
    context.close()
    return found


def test_no_payload_runs(browser: Browser) -> None:
    bodies = [render(payload).html for payload in PAYLOADS]
    assert [PAYLOADS[number] for number in sorted(_what_ran(browser, bodies))] == []


def test_the_same_payloads_run_when_nothing_stops_them(browser: Browser) -> None:
    """The test above can fail: as raw HTML, many of these run."""
    import markdown

    bodies = [markdown.markdown(payload) for payload in PAYLOADS]
    assert len(_what_ran(browser, bodies)) >= 10
