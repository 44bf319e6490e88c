"""Trust that readers see: a reader flags a guide, its owner answers and checks it, and an edit moves no date."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Visit

GUIDES = {
    True: ("finding-out-why-people-ring", "magda-kowalska"),
    False: ("buying-small-software-without-a-ceremony", "grace-oyelaran"),
}


def test_a_flag_is_seen_answered_and_followed_by_a_check(visit: Visit, scripts: bool) -> None:
    slug, owner = GUIDES[scripts]
    reader = visit("hannah-whitlock", scripts=scripts)
    reader.goto(f"/library/{slug}")
    reader.get_by_role("link", name="Flag as outdated").click()
    reader.get_by_label("What is out of date?").fill("The prices are from before the summer.")
    reader.get_by_role("button", name="Flag as outdated").click()
    expect(reader.locator("#flagged")).to_contain_text("The prices are from before the summer.")

    visitor = visit(scripts=scripts)
    visitor.goto(f"/library/{slug}")
    expect(visitor.locator(".cp-kicker")).to_contain_text("Flagged as outdated")

    writer = visit(owner, scripts=scripts)
    writer.goto("/")
    waiting = writer.get_by_role("region", name="Waiting for you")
    waiting.get_by_role("link").first.click()
    writer.get_by_role("link", name=re.compile("^Answer")).first.click()
    writer.get_by_label("It is put right").check()
    writer.get_by_role("button", name="Send answer").click()
    expect(writer.get_by_role("heading", name="Answered")).to_be_visible()

    writer.goto(f"/library/{slug}/edit")
    writer.get_by_label("What changed").fill("New prices")
    writer.get_by_role("button", name="Publish").click()
    due = writer.get_by_text("Next check due").locator("xpath=following::*[1]").inner_text()
    writer.get_by_role("link", name="say that you have checked the whole guide").click()
    for question in ("facts", "advice"):
        writer.locator(f"input[name={question}][value=yes]").check()
    writer.get_by_label("When should it be checked again?").select_option("24")
    writer.get_by_role("button", name="Record check").click()
    expect(writer.get_by_text("This guide is checked")).to_be_visible()
    expect(writer.get_by_text("Next check due").locator("xpath=following::*[1]")).not_to_have_text(due)
    visitor.reload()
    expect(visitor.locator(".cp-kicker")).to_contain_text("Checked")
