"""The box in which people write: its toolbar, and what becomes of a table."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit

NUMBERS = """| Letter | Words | Share |
| --- | ---: | :---: |
| Reminder | 412 | half |
"""


@pytest.mark.parametrize(
    ("button", "after"),
    [
        ("Quote", "first\n\n> hello world\n\nlast"),
        ("Bulleted list", "first\n\n- hello world\n\nlast"),
        ("Numbered list", "first\n\n1. hello world\n\nlast"),
    ],
)
@pytest.mark.parametrize("keyboard", [False, True])
def test_quote_and_lists_take_the_whole_line(visit: Visit, button: str, after: str, keyboard: bool) -> None:
    page = visit("owen-pritchard")
    page.goto("/library/new")
    box = page.locator("textarea[name=body]")
    box.fill("first\n\nhello world\n\nlast")
    box.evaluate("box => { box.focus(); box.setSelectionRange(7, 12); }")
    tool = page.get_by_role("toolbar").get_by_role("button", name=button)
    if keyboard:
        tool.press("Enter")
    else:
        tool.click()
    expect(box).to_have_value(after)


def test_columns_stand_where_the_table_says(visit: Visit, scripts: bool) -> None:
    page = visit("owen-pritchard", scripts=scripts)
    page.goto("/library/new")
    page.locator("textarea[name=body]").fill(NUMBERS)
    page.get_by_role("main").get_by_role("button", name="Preview").last.click()
    preview = page.locator(".cp-preview")
    expect(preview.get_by_role("cell", name="412")).to_have_css("text-align", "right")
    expect(preview.get_by_role("columnheader", name="Words")).to_have_css("text-align", "right")
    expect(preview.get_by_role("cell", name="half")).to_have_css("text-align", "center")
    expect(preview.get_by_role("cell", name="Reminder")).to_have_css("text-align", "left")


def test_preview_lands_on_the_preview_and_publishing_does_not(visit: Visit, scripts: bool) -> None:
    page = visit("owen-pritchard", scripts=scripts)
    page.goto("/library/new")
    page.get_by_label("Title").fill(f"Landing on the preview {scripts}")
    page.locator("textarea[name=body]").fill("Some words.")
    page.get_by_role("main").get_by_role("button", name="Preview").last.click()
    heading = page.get_by_role("heading", name="Preview", exact=True)
    expect(heading).to_be_in_viewport()
    expect(heading).to_be_focused()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Landing on the preview {scripts}")
    assert "#" not in page.url


def test_back_and_reload_show_the_preview_again_and_leaving_loses_nothing(visit: Visit, scripts: bool) -> None:
    title = f"Gone and come back {int(scripts)}"
    page = visit("owen-pritchard", scripts=scripts)
    page.goto("/library/new")
    page.get_by_label("Title").fill(title)
    box = page.locator("textarea[name=body]")
    box.fill("What we did first.")
    page.get_by_role("main").get_by_role("button", name="Preview").last.click()
    expect(page).to_have_url(re.compile(r"/drafts/\d+\?preview=1#preview$"))
    preview = page.locator(".cp-preview")
    page.get_by_role("link", name="Library", exact=True).first.click()
    expect(page).to_have_url(re.compile(r"/library$"))
    page.go_back()
    expect(preview).to_have_text("What we did first.")
    expect(box).to_have_value("What we did first.")
    page.reload()
    expect(preview).to_have_text("What we did first.")
    # Further back, the page from which it came: pressed again, it is still one draft.
    page.go_back()
    box.fill("What we did first, and then.")
    page.get_by_role("main").get_by_role("button", name="Preview").last.click()
    expect(preview).to_have_text("What we did first, and then.")
    page.goto("/drafts")
    expect(page.get_by_role("link", name=title)).to_have_count(1)
    page.get_by_role("link", name=title).click()
    expect(box).to_have_value("What we did first, and then.")


def test_preview_of_a_question_and_of_a_reply_lands_there_too(visit: Visit, scripts: bool) -> None:
    page = visit("owen-pritchard", scripts=scripts)
    for address, box in (("/ask", "body"), ("/groups/ask-anyone/discussions/1", "body")):
        page.goto(address)
        if address == "/ask":
            page.get_by_label("Title").or_(page.locator("input[name=title]")).first.fill("How do you land there?")
        page.locator(f"textarea[name={box}]").fill("Some words.")
        page.get_by_role("main").get_by_role("button", name="Preview").click()
        expect(page.get_by_role("heading", name="Preview", exact=True)).to_be_in_viewport()


def test_replying_to_a_post_lands_in_the_box_below_whose_words_they_are(visit: Visit, scripts: bool) -> None:
    page = visit("owen-pritchard", scripts=scripts)
    page.goto("/groups/ask-anyone/discussions/1")
    page.locator("button[formaction*='quote=']").first.click()
    box = page.locator("textarea[name=body]")
    expect(box).to_be_focused()
    expect(box).to_be_in_viewport()
    expect(box).to_have_value(re.compile(r"^\[.+\]\(/groups/ask-anyone/.+#post-1\) wrote:\n\n> "))
    if scripts:
        page.keyboard.type("And so do we.")
        expect(box).to_have_value(re.compile(r"\n\nAnd so do we\.$"))
    page.get_by_role("link", name="Reply without the quotation").click()
    expect(box).to_have_value("")
    page.get_by_role("link", name="Cancel").click()
    box.fill("What I had typed.")
    page.locator("button[formaction*='quote=']").first.click()
    expect(box).to_have_value(re.compile(r"^What I had typed\.\n\n\[.+ wrote:\n\n> "))
