"""At a shared computer: the warning before the sign-out, staying, and getting back what was half written.

The clock is shortened: a session lasts ten idle seconds here, and the warning comes after five.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from network.accounts import idle, sessions
from tests.journeys.conftest import Visit, email_of, sign_in
from tests.journeys.site import Site

WHO = "priya-raman"
HALF = "Three things we learned, and the fourth is"
ASKS = re.compile("Are you still here")


@pytest.fixture
def shared(visit: Visit, site: Site, scripts: bool, monkeypatch: pytest.MonkeyPatch) -> Page:
    """Signed in on a shared computer whose clock runs fast."""
    page = visit(scripts=scripts)
    sign_in(page, email_of(site, WHO), site.password, shared=True)
    for module, name, seconds in (
        (sessions, "IDLE_SECONDS", 10),
        (sessions, "RENEW_AFTER", 1),
        (idle, "WARN_BEFORE", 5),
    ):
        monkeypatch.setattr(module, name, seconds)
    return page


def test_the_warning_comes_by_itself_and_one_press_stays(shared: Page) -> None:
    shared.goto("/people?q=data")
    expect(shared.get_by_role("heading", level=1)).to_have_text(ASKS, timeout=9_000)
    shared.get_by_role("button", name="Stay signed in").press("Enter")
    expect(shared).to_have_url(re.compile(r"/people\?q=data$"))
    expect(shared.get_by_role("heading", level=1)).to_have_text(ASKS, timeout=9_000)
    expect(shared.get_by_role("main")).to_contain_text("You were signed out", timeout=9_000)
    assert shared.url.endswith("/sign-in?next=/people%3Fq%3Ddata")


@pytest.mark.parametrize("scripts", [True], ids=["script"], indirect=True)
@pytest.mark.parametrize("stays", [True, False], ids=["stays", "comes back"])
def test_half_written_text_comes_back(shared: Page, site: Site, stays: bool) -> None:
    shared.goto("/library/new")
    shared.get_by_label("Title").fill("Half a guide")
    shared.locator("textarea[name=body]").fill(HALF)
    expect(shared.get_by_role("heading", level=1)).to_have_text(ASKS, timeout=9_000)
    expect(shared.get_by_role("main")).to_contain_text("What you were writing is safe")
    if stays:
        shared.get_by_role("button", name="Stay signed in").click()
    else:
        expect(shared.get_by_role("main")).to_contain_text("You were signed out", timeout=9_000)
        sign_in(shared, email_of(site, WHO), site.password, shared=True)
    expect(shared.get_by_label("Title")).to_have_value("Half a guide")
    expect(shared.locator("textarea[name=body]")).to_have_value(HALF)


@pytest.mark.parametrize("scripts", [True], ids=["script"], indirect=True)
def test_who_types_is_not_interrupted(shared: Page) -> None:
    shared.goto("/library/new")
    box = shared.locator("textarea[name=body]")
    for _ in range(40):  # More than twelve seconds: longer than the session would last.
        box.press_sequentially("a")
        shared.wait_for_timeout(300)
    assert shared.url.endswith("/library/new")
    shared.get_by_label("Title").fill("Typed without a stop")
    shared.get_by_role("button", name="Save draft").click()
    expect(shared).to_have_url(re.compile(r"/drafts/\d+$"))


@pytest.mark.parametrize("scripts", [False], ids=["no-script"], indirect=True)
def test_without_a_script_a_half_written_page_stays_and_what_is_sent_too_late_is_kept(shared: Page, site: Site) -> None:
    shared.goto("/ask")
    shared.get_by_label("Title").fill("Half a question")
    shared.locator("textarea[name=body]").fill(HALF)
    shared.wait_for_timeout(12_000)
    expect(shared.locator("textarea[name=body]")).to_have_value(HALF)
    shared.get_by_role("main").get_by_role("button", name="Ask question").click()
    sign_in(shared, email_of(site, WHO), site.password, shared=True)
    expect(shared.get_by_role("heading", level=1)).to_have_text("Your writing is safe")
    shared.get_by_role("link", name="Go on writing").click()
    expect(shared.locator("textarea[name=body]")).to_have_value(HALF)


def test_leaving_a_page_leaves_no_note_in_the_browser(visit: Visit, site: Site) -> None:
    page = visit(scripts=True)
    sign_in(page, email_of(site, WHO), site.password, shared=True)
    for address in ("/library/new", "/ask"):
        page.goto(address)
        page.locator("textarea[name=body]").fill(HALF)
        # What is noted while a page goes away is taken out again by its answer, unless there is none.
        page.route("**/*", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
        page.goto("/people")
        assert page.evaluate("sessionStorage.length") == 0, address
        page.unroute("**/*")
