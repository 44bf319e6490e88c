"""One writer who reloads: the question for the page overtakes the save that its forerunner sent while it went away."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.journeys.conftest import Visit
from tests.journeys.site import Site, wait_for

GUIDES = "/library/answering-information-requests-with-a-rota"
PLACES = {
    "draft": ("owen-pritchard", "composing.save_draft", ""),
    "new": ("owen-pritchard", "composing.save_new", "/library/new"),
    "edit": ("gareth-hughes", "composing.save_edit", f"{GUIDES}/edit"),
    "suggestion": ("owen-pritchard", "suggestions.save", f"{GUIDES}/suggest"),
}


@contextmanager
def held_up(site: Site, view: str) -> Iterator[Callable[[], bool]]:
    """What is sent to a view inside waits at its door until the end. The answer says whether anything has come."""
    inside, came, goes = site.app.view_functions[view], threading.Event(), threading.Event()

    def door(**of: Any) -> Any:
        came.set()
        goes.wait(20)
        return inside(**of)

    site.app.view_functions[view] = door
    try:
        yield came.is_set
    finally:
        site.app.view_functions[view] = inside
        goes.set()


def begin(page: Page, address: str) -> Any:
    """The box of a text that the writer may go on with."""
    if not address:
        page.goto("/library/new")
        page.get_by_label("Title").fill("Reloaded at once")
        page.get_by_role("button", name="Save draft").click()
        expect(page.get_by_text("Your draft is saved")).to_be_visible()
    else:
        page.goto(address)
    return page.locator("textarea[name=body]")


@pytest.mark.parametrize("back", [False, True], ids=["reload", "back"])
@pytest.mark.parametrize("place", PLACES)
def test_the_text_is_there_and_saves_itself_on(visit: Visit, site: Site, place: str, back: bool) -> None:
    who, view, address = PLACES[place]
    page = visit(who)
    page.clock.install()
    box = begin(page, address)
    box.press("Control+End")
    page.keyboard.type(" Typed in haste.")
    with held_up(site, view) as came:
        if back:
            page.goto("/library")
            page.go_back()
        else:
            page.reload()
        wait_for(came, "what was sent on leaving")
    # Not while it looks what came of what was sent: nobody can type then.
    expect(page.locator("[inert]")).to_have_count(0)
    # What the page came with, and not what the browser put in again.
    expect(box).to_have_text(re.compile("Typed in haste"))
    box.press("Control+End")
    page.keyboard.type(" And at leisure.")
    page.clock.fast_forward(16_000)
    expect(page.locator("#saved")).to_contain_text("saved at")
    page.reload()
    expect(box).to_have_value(re.compile(r"Typed in haste\. And at leisure"))
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_of_two_saves_under_way_the_newer_stays(visit: Visit, site: Site) -> None:
    page = visit("owen-pritchard")
    page.clock.install()
    box = begin(page, "")
    address, view = page.url, "composing.save_draft"
    inside, came, newer, older = site.app.view_functions[view], *(threading.Event() for _ in range(3))

    def door(**of: Any) -> Any:
        first = not came.is_set()
        came.set()
        if first:
            newer.wait(20)
        try:
            return inside(**of)
        finally:
            (older if first else newer).set()

    site.app.view_functions[view] = door
    try:
        box.fill("Older.")
        page.clock.fast_forward(16_000)
        wait_for(came.is_set, "the save that takes long")
        box.fill("Newer.")
        page.goto("/library")
        wait_for(older.is_set, "the end of it")
    finally:
        site.app.view_functions[view] = inside
    assert newer.is_set()
    page.goto(address)
    expect(box).to_have_value("Newer.")


def test_what_another_window_saved_meanwhile_still_shows_both(visit: Visit, site: Site) -> None:
    desk = visit("owen-pritchard")
    desk.clock.install()
    box = begin(desk, "")
    phone = desk.context.new_page()
    phone.goto(desk.url)
    box.fill("From the desk.")
    with held_up(site, "composing.save_draft") as came:
        desk.reload()
        wait_for(came, "what was sent on leaving")
    desk.clock.fast_forward(1_000)
    expect(box).to_have_value("From the desk.")
    phone.locator("textarea[name=body]").fill("From the phone.")
    phone.get_by_role("button", name="Save draft").click()
    expect(phone.get_by_role("heading", name="What differs")).to_be_visible()
    phone.get_by_role("button", name="Save draft").click()
    expect(phone.get_by_text("Your draft is saved")).to_be_visible()
    box.fill("From the desk again.")
    desk.clock.fast_forward(16_000)
    expect(desk.locator("#saved")).to_contain_text("Save draft to see both texts")


def test_a_page_that_the_browser_kept_asks_for_what_is_newer(visit: Visit) -> None:
    desk = visit("owen-pritchard")
    box = begin(desk, "")
    phone = desk.context.new_page()
    phone.goto(desk.url)
    phone.locator("textarea[name=body]").fill("Newer.")
    phone.get_by_role("button", name="Save draft").click()
    expect(phone.get_by_text("Your draft is saved")).to_be_visible()
    desk.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(box).to_have_value("Newer.")


def test_a_text_too_large_to_be_sent_on_leaving_asks_first(visit: Visit) -> None:
    page = visit("owen-pritchard")
    box = begin(page, "")
    box.fill("All that we know of it. " * 3_000)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.get_by_role("link", name="Back to your drafts").click()
    wait_for(lambda: page.evaluate("1") and asked, "the question")
    assert asked == ["beforeunload"]
    expect(box).to_have_value(re.compile("All that we know"))
