"""Find and read: a visitor looks for something, finds a guide and reads who stands behind it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit

GUIDE = "Moving a planning register to open data"


def test_a_visitor_finds_a_guide_and_reads_it(visit: Visit, scripts: bool) -> None:
    page = visit(scripts=scripts)
    page.goto("/")
    page.get_by_label("Search guides, questions, groups and people").fill("planning register")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_title(re.compile("results? for “planning register”"))
    page.get_by_role("link", name=GUIDE).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(GUIDE)
    expect(page.get_by_text(re.compile(r"^Checked \d+ \w+ \d{4}$")).first).to_be_visible()
    expect(page.get_by_role("link", name="Owen Pritchard").first).to_be_visible()


def test_contents_lead_to_their_place(visit: Visit, scripts: bool) -> None:
    page = visit(scripts=scripts)
    page.goto("/library/moving-a-planning-register-to-open-data")
    link = page.get_by_role("navigation", name="Contents").get_by_role("link").nth(1)
    words = link.inner_text()
    link.click()
    expect(page.get_by_role("main").get_by_role("heading", name=words)).to_be_in_viewport()


def test_filters_narrow_the_library(visit: Visit, scripts: bool) -> None:
    page = visit(scripts=scripts)
    page.goto("/library")
    before = page.locator(".cp-row").count()
    page.get_by_role("checkbox", name=re.compile("^Template")).check(force=True)
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile(r"kind=template"))
    kinds = page.locator(".cp-row__kicker").all_inner_texts()
    assert 0 < len(kinds) < before
    assert all(kind.startswith("Template") for kind in kinds)


def test_a_failed_search_leads_to_asking(visit: Visit, scripts: bool) -> None:
    page = visit(scripts=scripts)
    page.goto("/search?q=zeppelin+timetables")
    page.get_by_role("link", name="Ask this question").click()
    expect(page).to_have_title(re.compile("^Sign in"))


def test_a_closed_group_shows_why_and_nothing_of_what_is_in_it(visit: Visit, scripts: bool) -> None:
    page = visit(scripts=scripts)
    page.goto("/groups")
    page.get_by_role("link", name="Safeguarding review leads").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Safeguarding review leads")
    expect(page.get_by_text("Closed", exact=False).first).to_be_visible()
    assert page.locator("a[href*='/discussions/']").count() == 0


def test_a_filter_that_was_typed_is_a_chip_that_goes_away(visit: Visit, scripts: bool) -> None:
    page = visit(scripts=scripts)
    page.goto("/search?q=data+type:template")
    expect(page.locator(".cp-row__kicker").first).to_have_text(re.compile("^Template"))
    page.get_by_role("link", name="Remove filter: Template").click()
    expect(page).to_have_url(re.compile(r"/search\?q=data$"))


def test_a_misspelt_search_finds_and_leads_to_the_heading(visit: Visit, scripts: bool) -> None:
    page = visit(scripts=scripts)
    page.goto("/search?q=plannign+regsiter")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("“planning register”"))
    row = page.locator(".cp-row").filter(has_text="Moving a planning register").first
    row.get_by_role("link", name="Before you start").click()
    expect(page.get_by_role("main").get_by_role("heading", name="Before you start")).to_be_in_viewport()
    page.go_back()
    page.get_by_role("link", name="plannign regsiter").click()
    expect(page.get_by_role("heading", name=re.compile("Nobody has written|Nothing holds"))).to_be_visible()
    page.get_by_role("link", name="planning register").first.click()
    expect(page.locator(".cp-row").first).to_be_visible()


def test_a_result_says_why_it_is_here(visit: Visit, scripts: bool) -> None:
    page = visit(scripts=scripts)
    page.goto("/search?q=planning+register")
    page.get_by_role("link", name=re.compile("^Why here")).first.click()
    expect(page.get_by_text("Why this is here")).to_be_in_viewport()


@pytest.mark.parametrize(
    "address", ["/library/moving-a-planning-register-to-open-data", "/groups/ask-anyone/discussions/1"]
)
def test_paper_has_the_words_and_their_address_and_nothing_to_press(visit: Visit, address: str) -> None:
    page = visit()
    page.goto(address)
    foot = page.locator(".cp-onpaper")
    expect(foot).to_be_hidden()
    page.emulate_media(media="print")
    expect(foot).to_be_visible()
    expect(foot).to_contain_text(page.url)
    expect(page.get_by_role("link", name=re.compile("Sign in to (reply|comment)"))).to_be_hidden()
    below = "box => parseFloat(getComputedStyle(box).paddingBottom)"
    assert page.locator(".cp-post__body").first.evaluate(below) >= 12
