"""Whoever looks elsewhere while they write finds their words again: by Back, by reload, and on another day."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.journeys.conftest import Visit
from tests.journeys.site import Site, wait_for
from tests.journeys.test_reloading import begin, held_up

THREAD = "/groups/ask-anyone/discussions/1"
OFFER = "You began to write something here"


def typed(page: Page) -> Any:
    return page.locator("textarea[name=body]")


def nothing_in_the_browser(page: Page) -> None:
    wait_for(lambda: page.evaluate("localStorage.length + sessionStorage.length") == 0, "nothing kept in the browser")


def test_back_from_what_was_asked_already_finds_the_question_and_its_preview(visit: Visit, scripts: bool) -> None:
    page = visit("owen-pritchard", scripts=scripts)
    page.goto("/ask")
    page.get_by_label("Title").fill("How do you move a planning register?")
    typed(page).fill("Ours is **old**.")
    page.get_by_role("main").get_by_role("button", name="Preview").click()
    alike = page.get_by_role("heading", name="Already asked or written")
    expect(alike).to_be_visible()
    page.locator("section, div").filter(has=alike).last.get_by_role("link").first.click()
    expect(typed(page).or_(page.locator("article, .cp-prose").first).first).to_be_visible()
    page.go_back()
    for _ in range(2):
        expect(page.locator(".cp-preview strong")).to_have_text("old")
        expect(page.get_by_label("Title")).to_have_value("How do you move a planning register?")
        expect(typed(page)).to_have_value("Ours is **old**.")
        page.reload()


def test_back_to_a_reply_that_quotes_finds_what_was_typed(visit: Visit, scripts: bool) -> None:
    page = visit("owen-pritchard", scripts=scripts)
    page.goto(THREAD)
    typed(page).fill("Before.")
    page.locator("button[formaction*='quote=']").first.click()
    expect(typed(page)).to_have_value(re.compile(r"^Before\.\n\n\[.+ wrote:"))
    typed(page).press("Control+End")
    page.keyboard.type("And after.")
    page.get_by_role("link", name="Groups", exact=True).first.click()
    page.go_back()
    expect(typed(page)).to_have_value(re.compile(r"^Before\.\n\n\[.+ wrote:[\s\S]+And after\.$"))


@pytest.mark.parametrize("address", ["/ask", THREAD])
def test_what_is_half_written_is_offered_after_reload_and_on_a_new_visit(
    visit: Visit, site: Site, address: str
) -> None:
    page = visit("gareth-hughes")
    page.goto(address)
    typed(page).press_sequentially("Half a thought.")
    with held_up(site, "accounts.keep") as came:
        page.reload()
        wait_for(came, "what was sent on leaving")
    expect(page.get_by_text(OFFER)).to_be_visible()
    nothing_in_the_browser(page)
    again = visit("gareth-hughes")
    again.goto(address)
    again.get_by_role("link", name="Go on with it").click()
    expect(typed(again)).to_have_value("Half a thought.")
    again.go_back()
    again.get_by_role("button", name="Throw it away").click()
    expect(again.get_by_text("What we kept for you is deleted")).to_be_visible()
    expect(again.get_by_text(OFFER)).to_have_count(0)


def test_what_is_written_for_a_while_belongs_to_its_page(visit: Visit) -> None:
    page = visit("hannah-whitlock")
    page.clock.install()
    page.goto("/ask")
    typed(page).fill("For a while.")
    page.clock.fast_forward(16_000)
    expect(page).to_have_url(re.compile(r"/ask\?kept="))
    page.reload()
    expect(typed(page)).to_have_value("For a while.")
    page.get_by_label("Title").fill("Is it sent once?")
    page.get_by_role("button", name="Ask question").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it sent once?")
    page.goto("/ask")
    expect(page.get_by_role("button", name="Ask question")).to_be_visible()
    expect(page.get_by_text(OFFER)).to_have_count(0)


def test_a_reply_that_is_posted_while_it_is_kept_is_offered_no_more(visit: Visit, site: Site) -> None:
    page = visit("hannah-whitlock")
    page.clock.install()
    page.goto(THREAD)
    typed(page).fill("Posted while it was kept.")
    with held_up(site, "accounts.keep") as came:
        page.clock.fast_forward(16_000)
        wait_for(came, "what is kept")
        page.get_by_role("button", name="Post reply").click(no_wait_after=True)
        page.wait_for_timeout(1_500)  # Long enough to be posted, if it did not wait.
    expect(page.get_by_text("Your reply is posted")).to_be_visible()
    page.wait_for_timeout(500)
    page.goto(THREAD)
    expect(page.get_by_role("button", name="Post reply")).to_be_visible()
    expect(page.get_by_text(OFFER)).to_have_count(0)


@pytest.mark.parametrize("told", [True, False], ids=["told", "not told"])
@pytest.mark.parametrize("way", ["link", "reload"])
def test_a_stale_window_keeps_what_it_holds(visit: Visit, told: bool, way: str) -> None:
    desk = visit("owen-pritchard")
    desk.clock.install()
    box = begin(desk, "")
    address = desk.url
    phone = desk.context.new_page()
    phone.goto(address)
    typed(phone).fill("From the phone.")
    phone.get_by_role("button", name="Save draft").click()
    expect(phone.get_by_text("Your draft is saved")).to_be_visible()
    box.fill("From the desk.")
    if told:
        desk.clock.fast_forward(16_000)
        expect(desk.locator("#saved")).to_contain_text("saved from somewhere else")
        box.press("Control+End")
        desk.keyboard.type(" And on.")
    if way == "link":
        desk.get_by_role("link", name="Back to your drafts").click()
        desk.goto(address)
    else:
        desk.reload()
        desk.clock.resume()
    expect(desk.get_by_text("You typed something else in another window")).to_be_visible()
    expect(box).to_have_value("From the phone.")
    desk.get_by_role("link", name="Look at it").click()
    expect(desk.get_by_role("heading", name="What differs")).to_be_visible()
    expect(box).to_have_value("From the desk. And on." if told else "From the desk.")
    desk.get_by_role("button", name="Save draft").click()
    expect(desk.get_by_text("Your draft is saved")).to_be_visible()
    expect(desk.get_by_text("another window")).to_have_count(0)


def test_what_is_saved_nowhere_is_asked_about_before_it_goes(visit: Visit) -> None:
    page = visit("owen-pritchard")
    page.clock.install()
    box = begin(page, "")
    page.context.clear_cookies()
    box.press_sequentially("Nobody has this.")
    page.clock.fast_forward(16_000)
    expect(page.locator("#saved")).to_contain_text("You are signed out")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.get_by_role("link", name="Back to your drafts").click()
    wait_for(lambda: page.evaluate("1") and asked, "the question")
    expect(box).to_have_value("Nobody has this.")
