"""From a search that finds nothing to a guide: one person wants it, another writes it, the first is told."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Visit, email_of
from tests.journeys.site import Site


def test_what_one_person_misses_another_writes(visit: Visit, site: Site, scripts: bool) -> None:
    what = "Barometer hire agreement" if scripts else "Sundial hire agreement"
    who = "hannah-whitlock" if scripts else "ruth-ellison"  # Each has a letter box of their own.
    reader = visit(who, scripts=scripts)
    reader.goto("/search")
    box = reader.get_by_role("main").locator("input[name=q]")
    box.fill(what)
    box.press("Enter")
    reader.get_by_role("link", name="Ask for a guide").click()
    expect(reader.get_by_label("Which guide you ask for")).to_have_value(what)
    reader.get_by_label("Everyone can read these words").check()
    reader.get_by_role("button", name="Ask for this guide").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(what)
    expect(reader.get_by_text("Fewer than 5 people want this").first).to_be_visible()
    entry = reader.url

    writer = visit("gareth-hughes", scripts=scripts)
    writer.goto("/wanted?sort=newest")
    row = writer.get_by_role("listitem").filter(has_text=what)
    row.get_by_role("button", name=re.compile("I can write this")).first.click()
    expect(writer.get_by_label("Title")).to_have_value(what)
    reader.goto(entry)
    expect(reader.get_by_text("Somebody is writing this").first).to_be_visible()
    writer.get_by_label("Summary").fill("What we sign before anybody carries one away")
    writer.locator("textarea[name=body]").fill("Ask for a name and a date.")
    writer.get_by_role("button", name="Publish").click()
    expect(writer.get_by_role("heading", level=1)).to_have_text(what)

    assert site.mailed_link(email_of(site, who), part=writer.url) == writer.url
    reader.goto(entry)
    expect(reader.get_by_role("link", name=what)).to_be_visible()
    reader.get_by_role("button", name=re.compile("This is not what I wanted")).click()
    expect(reader.get_by_role("button", name=re.compile("I can write this")).first).to_be_visible()


def test_a_failed_search_becomes_an_alert(visit: Visit, scripts: bool) -> None:
    words = "anemometer" if scripts else "hygrometer"
    page = visit("joe-mistry", scripts=scripts)
    page.goto(f"/search?q={words}")
    page.get_by_role("button", name="Tell me when somebody writes about it").click()
    expect(page.get_by_text("We will write to you when somebody writes about it")).to_be_visible()
    page.goto("/saved/searches")
    expect(page.get_by_role("listitem").filter(has_text=words).filter(has_text="At once").first).to_be_visible()
    page.goto("/search")
    expect(page.get_by_role("link", name=words)).to_be_visible()
