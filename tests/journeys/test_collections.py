"""A collection, from a guide's page to a list in order that others read; and what links to a guide."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Visit


def test_a_collection_is_begun_filled_and_ordered(visit: Visit, scripts: bool) -> None:
    title = "For our night shift" if scripts else "For our early shift"
    who = "moira-sinclair" if scripts else "aoife-brennan"
    page = visit(who, scripts=scripts)
    page.goto("/library/first-ten-days-for-a-new-starter")
    page.get_by_role("link", name="Add to a collection").click()
    if page.get_by_role("link", name="Start a new collection with it").is_visible():
        page.get_by_role("link", name="Start a new collection with it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Start a collection")
    page.get_by_label("Title").fill(title)
    page.get_by_role("button", name="Start collection").click()
    expect(page.get_by_role("link", name="Enter a purpose")).to_be_visible()
    expect(page.get_by_label("Title")).to_have_value(title)
    page.get_by_label("Purpose").fill("What to read before the first shift.")
    page.get_by_role("button", name="Start collection").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)

    page.get_by_label("Address or words of the title").fill("no computer")
    page.get_by_role("button", name="Look for it").click()
    page.get_by_role("button", name=re.compile("Add.*Running a service desk")).click()
    page.get_by_label("Note").fill("Begin with the part about kiosks.")
    page.get_by_role("button", name="Save the note").click()
    second = page.get_by_role("listitem").filter(has_text="Running a service desk")
    second.get_by_role("button", name=re.compile("Move up")).click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text("1. Running a service desk")

    visitor = visit("", scripts=scripts)
    visitor.goto(page.url.partition("#")[0])
    expect(visitor.get_by_text("Begin with the part about kiosks.")).to_be_visible()
    expect(visitor.get_by_role("button", name=re.compile("Move up"))).to_have_count(0)
    visitor.get_by_role("link", name=re.compile("Running a service desk")).click()
    expect(visitor.get_by_role("link", name=title)).to_be_visible()
    section = visitor.get_by_role("region", name="What links here")
    expect(section.get_by_role("link", name=re.compile("The first ten days"))).to_be_visible()
