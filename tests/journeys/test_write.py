"""Write and publish: from “Ask or share” to a guide that others find."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.site import wait_for

BODY = """## What we did

We read **every** letter aloud.

| Letter | Words before | Words after |
| --- | --- | --- |
| Reminder | 412 | 96 |
"""


def test_a_member_writes_previews_publishes_and_is_found(visit: Visit, scripts: bool) -> None:
    word = "quillwork" if scripts else "inkhorns"
    title = f"Reading letters aloud with {word}"
    page = visit("owen-pritchard", scripts=scripts)
    page.goto("/")
    page.get_by_role("link", name="Ask or share").click()
    page.get_by_role("main").get_by_role("link", name=re.compile("guide", re.IGNORECASE)).first.click()
    page.get_by_label("Title").fill(title)
    page.get_by_label("Summary").fill("How we found out which letters nobody could follow.")
    page.locator("textarea[name=body]").fill(BODY)
    page.get_by_role("main").get_by_role("button", name="Preview").last.click()
    preview = page.locator(".cp-preview")
    expect(preview.get_by_role("cell", name="96")).to_be_visible()
    expect(page.locator("textarea[name=body]")).to_have_value(re.compile("read \\*\\*every\\*\\* letter"))
    seen = preview.inner_html()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    assert _words(seen) == _words(page.locator(".cp-prose").first.inner_html())

    reader = visit(scripts=scripts)

    def found() -> bool:
        reader.goto(f"/search?q={word}")
        return reader.get_by_role("link", name=title).count() > 0

    wait_for(found, "the new guide in search")


def test_a_draft_is_kept_and_seen_by_its_writer_only(visit: Visit, scripts: bool) -> None:
    title = f"Half a thought {int(scripts)}"
    page = visit("owen-pritchard", scripts=scripts)
    page.goto("/library/new")
    page.get_by_label("Title").fill(title)
    page.get_by_role("button", name="Save draft").click()
    page.goto("/drafts")
    page.get_by_role("link", name=title).click()
    expect(page.get_by_label("Title")).to_have_value(title)
    other = visit("priya-raman", scripts=scripts)
    answer = other.goto(page.url)
    assert answer is not None
    assert answer.status == 404


def _words(html: str) -> str:
    """The markup without what a page may add or change: names of places, and the level of headings."""
    bare = re.sub(r' (id|class|role|aria-label|href)="[^"]*"', "", html)
    return re.sub(r"\s+", " ", re.sub(r"(</?h)\d", r"\1", bare)).strip()
