"""We use this: a visitor signs in on the way, says how it went, and the guide and the library tell of it."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Visit


def test_a_press_is_a_use_and_the_rest_can_wait(visit: Visit, scripts: bool) -> None:
    slug = "hybrid-meetings-that-include-the-telephone" if scripts else "code-review-in-a-small-team"
    page = visit("tom-adeyemi", scripts=scripts)
    page.goto(f"/library/{slug}")
    title = page.get_by_role("heading", level=1).inner_text()
    expect(page.get_by_text("Nobody has told us yet")).to_be_visible()
    page.get_by_role("button", name="We use this").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What happened when you used it?")
    expect(page.get_by_text("East Fenland District Council now shows as using this guide")).to_be_visible()
    page.get_by_role("link", name="Skip for now").click()
    expect(
        page.get_by_text("1 other organisation uses this guide. The one report does not say yet what happened.")
    ).to_be_visible()
    page.get_by_role("link", name="Say how it went").first.click()
    page.get_by_label("It did not work for us").check()
    page.get_by_label("In a sentence or two").fill("The line was too slow for us.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("What you said is on the page of the guide")).to_be_in_viewport()

    visitor = visit("", scripts=scripts)
    visitor.goto(f"/library/{slug}#used")
    used = visitor.get_by_role("region", name="Who has used this")
    expect(used.get_by_text("The line was too slow for us.")).to_be_visible()
    expect(used.get_by_text("It did not work for us")).to_be_visible()

    page.goto("/adoptions")
    row = page.get_by_role("listitem").filter(has_text=title)
    row.get_by_role("link", name=re.compile("Change what you said")).click()
    page.get_by_label("It worked", exact=True).check()
    page.get_by_role("button", name="Save").click()
    visitor.goto("/library?used=others&sort=newest")
    expect(visitor.get_by_role("listitem").filter(has_text=title).get_by_text("uses this")).to_be_visible()

    page.get_by_role("link", name="We stopped using this").first.click()
    page.get_by_role("button", name="We stopped using this").click()
    expect(page.get_by_text("Readers now see that you stopped using this guide")).to_be_in_viewport()
    expect(page.get_by_role("link", name="We use this again").first).to_be_visible()
