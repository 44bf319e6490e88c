"""Join and confirm: from the front page to a first signed-in page, with the link that came by mail."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.site import Site

PASSWORD = "seven lanterns by the quay"


def test_somebody_joins_confirms_and_is_greeted(visit: Visit, site: Site, scripts: bool) -> None:
    email = f"nia.newcomer{int(scripts)}@harrowdale.example"
    page = visit(scripts=scripts)
    page.goto("/")
    page.get_by_role("link", name="Create an account").click()
    page.get_by_label("Full name").fill("Nia Newcomer")
    page.get_by_label(re.compile("^(Work e|E)mail")).fill(email)
    page.get_by_label("What you do").fill("Planning assistant")
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("checkbox", name=re.compile("acceptable use")).check(force=True)
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your email")
    page.goto(site.mailed_link(email))
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Confirm and sign in").click()
    expect(page.get_by_role("button", name="Sign out").first).to_be_visible()
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Good (morning|afternoon|evening), Nia$"))
    expect(page.get_by_role("link", name="Choose topics")).to_be_visible()


def test_mistakes_are_named_and_nothing_typed_is_lost(visit: Visit, scripts: bool) -> None:
    page = visit(scripts=scripts)
    page.goto("/join")
    page.get_by_label("Full name").fill("Nia Newcomer")
    page.get_by_role("button", name="Create account").click()
    expect(page).to_have_title(re.compile("^Error: "))
    summary = page.get_by_role("alert").filter(has_text="There is a problem")
    summary.get_by_role("link").first.click()
    expect(page.get_by_label(re.compile("^(Work e|E)mail"))).to_be_focused()
    expect(page.get_by_label("Full name")).to_have_value("Nia Newcomer")


def test_signing_out_ends_it(visit: Visit, site: Site, scripts: bool) -> None:
    from tests.journeys.conftest import email_of, sign_in

    page = visit(scripts=scripts)
    sign_in(page, email_of(site, "tom-adeyemi"), site.password)
    page.get_by_role("button", name="Sign out").first.click()
    page.goto("/settings")
    expect(page).to_have_title(re.compile("^Sign in"))
