"""One browser and one running network for all journeys of a test run."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.journeys.site import Site, running

# The one without windows does the same work for two thirds of the processor.
PLACES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "/usr/bin/chromium")
CHROMIUM = next((found for place in PLACES if (found := shutil.which(place))), None)
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")
DESKTOP = {"width": 1280, "height": 900}
SLOWEST_MS = 20_000

Visit = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys need a browser; without one they say so."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.journey)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine: deploy/install-chromium.sh"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo network, running."""
    with running(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """With JavaScript and without."""
    return bool(request.param)


@pytest.fixture(scope="session")
def signed_in(browser: Browser, site: Site) -> Callable[[str], Any]:
    """What a browser holds after somebody has signed in, by their handle; each signs in once."""
    kept: dict[str, Any] = {}

    def state(handle: str) -> Any:
        if handle not in kept:
            context = browser.new_context(base_url=site.address, java_script_enabled=False)
            page = context.new_page()
            sign_in(page, email_of(site, handle), site.password)
            kept[handle] = context.storage_state()
            context.close()
        return kept[handle]

    return state


class Windows:
    """Opens windows in contexts of their own, and hears what their pages complain about."""

    def __init__(self, browser: Browser, site: Site, signed_in: Callable[[str], Any]) -> None:
        self.browser, self.site, self.signed_in = browser, site, signed_in
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def open(self, handle: str = "", *, scripts: bool = True, **options: Any) -> Page:
        """A new one, of a visitor or of somebody signed in."""
        state = self.signed_in(handle) if handle else None
        context = self.browser.new_context(
            base_url=self.site.address,
            java_script_enabled=scripts,
            storage_state=state,
            **{"viewport": DESKTOP, **options},
        )
        context.set_default_timeout(SLOWEST_MS)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("console", lambda said: said.type == "error" and self.complaints.append(said.text))
        self.contexts.append(context)
        return context.new_page()

    def close(self) -> None:
        """All of them."""
        for context in self.contexts:
            context.close()

    def check(self) -> None:
        """Fail when a page has broken the rules."""
        heard, self.complaints = self.complaints, []
        # A refused request (403, 404, 410) is told on the console too, and is not a fault of the page's.
        assert [text for text in heard if "Failed to load resource" not in text] == []


@pytest.fixture
def visit(browser: Browser, site: Site, signed_in: Callable[[str], Any]) -> Iterator[Visit]:
    """Open a window: visit(), visit("priya-raman"), visit(scripts=False). Fails when a page of it breaks the rules."""
    windows = Windows(browser, site, signed_in)
    yield windows.open
    windows.close()
    windows.check()


@pytest.fixture(scope="module")
def kept_windows(
    browser: Browser, site: Site, signed_in: Callable[[str], Any]
) -> Iterator[tuple[Windows, dict[str, Page]]]:
    """One window for each person, which stays open from test to test."""
    windows = Windows(browser, site, signed_in)
    yield windows, {}
    windows.close()


@pytest.fixture
def look(kept_windows: tuple[Windows, dict[str, Page]]) -> Iterator[Callable[[str], Page]]:
    """The window of a person that other tests of the file have looked through before: for what leaves no traces.

    Colours fade over for a moment when the scheme changes, unless the reader has asked for less motion.
    """
    windows, pages = kept_windows

    def window(handle: str) -> Page:
        if handle not in pages:
            pages[handle] = windows.open(handle, reduced_motion="reduce")
        return pages[handle]

    yield window
    windows.check()


def email_of(site: Site, handle: str) -> str:
    """The address that somebody of the cast signs in with."""
    from sqlalchemy import select

    from network.accounts.models import Account
    from network.people.models import Person

    query = select(Account.email).join(Person, Person.account_id == Account.id).where(Person.handle == handle)
    return str(site.ask(query)[0])


def sign_in(page: Page, email: str, password: str, *, shared: bool = False) -> None:
    """Through the form, as people do."""
    if "/sign-in" not in page.url:
        page.goto("/sign-in")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_label("This is a shared computer").set_checked(shared)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Sign out").first.wait_for()
