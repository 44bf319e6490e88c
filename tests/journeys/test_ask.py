"""Ask and accept: a question, an answer from somebody else, and the answer that helped on top."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Visit


def test_a_question_is_asked_answered_and_settled(visit: Visit, scripts: bool) -> None:
    title = f"Who has moved a {'barometer' if scripts else 'sundial'} to the cloud?"
    asker = visit("hannah-whitlock", scripts=scripts)
    asker.goto("/ask")
    asker.get_by_label("Title").fill(title)
    asker.locator("textarea[name=body]").fill("We have one and nobody can read it.")
    asker.get_by_role("button", name="Ask question").click()
    expect(asker.get_by_role("heading", level=1)).to_have_text(title)
    expect(asker.get_by_role("link", name="Ask anyone").first).to_be_visible()
    thread = asker.url.split("#")[0]

    helper = visit("gareth-hughes", scripts=scripts)
    helper.goto(thread)
    for words in ("Take it outside first.", "Ask the harbour office: they moved theirs."):
        helper.locator("textarea[name=body]").fill(words)
        helper.get_by_role("button", name="Post reply").click()
        expect(helper.get_by_role("article").filter(has_text=words)).to_be_visible()

    asker.goto(thread)
    answer = asker.get_by_role("article").filter(has_text="harbour office")
    answer.get_by_role("button", name=re.compile("Accept")).click()
    expect(asker.get_by_role("heading", name="Accepted answer")).to_be_visible()

    reader = visit(scripts=scripts)
    reader.goto(thread)
    expect(reader.locator(".cp-post--accepted")).to_contain_text("harbour office")
    expect(reader.get_by_text("Answered", exact=True).first).to_be_visible()
    places = [reader.get_by_text(words).first.bounding_box() for words in ("harbour office", "Take it outside")]
    assert places[0] is not None
    assert places[1] is not None
    assert places[0]["y"] < places[1]["y"]


def test_a_visitor_who_wants_to_reply_is_led_through_sign_in_and_back(visit: Visit, scripts: bool) -> None:
    page = visit(scripts=scripts)
    page.goto("/questions")
    page.locator(".cp-row__title a").first.click()
    title = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="Sign in to reply").click()
    page.get_by_label("Email").fill("owen.pritchard@harrowdale.example")
    page.get_by_label("Password", exact=True).fill("harbour-lantern-42-quilt")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.locator("textarea[name=body]")).to_be_visible()
    expect(page.get_by_text(title).first).to_be_visible()
