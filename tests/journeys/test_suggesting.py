"""A reader mends a guide: a suggestion from a heading's link, talk, an acceptance in part, and the credit."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Visit, email_of
from tests.journeys.site import Site


def test_a_reader_suggests_and_the_owner_takes_a_part(visit: Visit, site: Site, scripts: bool) -> None:
    guide = "answering-information-requests-with-a-rota" if scripts else "writing-for-two-languages-at-once"
    owner = "gareth-hughes" if scripts else "elin-morgan"
    who, name = ("ruth-ellison", "Ruth Ellison") if scripts else ("imran-qureshi", "Imran Qureshi")
    reader = visit(who, scripts=scripts)
    reader.goto(f"/library/{guide}")
    reader.get_by_role("link", name=re.compile("Suggest a change here")).first.click()
    box = reader.locator("textarea[name=body]")
    before = box.input_value()
    box.fill(f"{before}\n\nAsk two people first.\n\nThen ask a third.")
    reader.get_by_label("Why").fill("We forgot to ask")
    reader.get_by_role("main").get_by_role("button", name="Preview").last.click()
    expect(reader.locator("ins").filter(has_text="Ask two people first")).to_be_visible()
    # It is kept: whoever leaves now finds it again, and Back shows it as it was shown.
    reader.get_by_role("link", name="Library", exact=True).first.click()
    reader.go_back()
    expect(reader.locator("ins").filter(has_text="Ask two people first")).to_be_visible()
    reader.get_by_role("button", name="Save draft").click()
    expect(reader.get_by_text("Nobody but you can see it until you send it").first).to_be_visible()
    reader.get_by_role("button", name="Send suggestion").click()
    expect(reader.get_by_text("Your suggestion is sent")).to_be_visible()

    link = site.mailed_link(email_of(site, owner), part=f"/{guide}/suggestions/")
    answerer = visit(owner, scripts=scripts)
    answerer.goto("/")
    answerer.get_by_role("region", name="Waiting for you").get_by_role("link").first.wait_for()
    answerer.goto(link)
    answerer.get_by_label("Reply (optional)").fill("Thank you for this")
    answerer.get_by_role("button", name="Edit first").click()
    edited = answerer.locator("textarea[name=body]")
    edited.fill(edited.input_value().replace("\n\nThen ask a third.", ""))
    answerer.get_by_role("button", name="Publish").click()
    expect(answerer.get_by_text(f"Suggested by {name}, accepted by")).to_be_visible()
    expect(answerer.get_by_text("Ask two people first.")).to_be_visible()

    assert site.mailed_link(email_of(site, who), part="/suggestions/") == link
    reader.goto(link)
    expect(reader.get_by_text("“Thank you for this”")).to_be_visible()
