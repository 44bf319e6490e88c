"""Start a group and discuss: one member starts it, another joins and replies."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Visit


def test_a_member_starts_a_group_and_another_replies_in_it(visit: Visit, scripts: bool) -> None:
    name = f"Street lighting stewards {int(scripts)}"
    title = f"Which {'lamps' if scripts else 'lanterns'} fail first?"
    page = visit("callum-fraser", scripts=scripts)
    page.goto("/groups")
    page.get_by_role("link", name="Start a group").click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Purpose").fill("We keep lamps lit and share what broke.")
    page.get_by_role("main").get_by_role("button", name="Start group").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    group = page.url
    page.get_by_role("link", name=re.compile("discussion", re.IGNORECASE)).filter(has_text=re.compile("Start")).click()
    page.get_by_label("Title").fill(title)
    page.locator("textarea[name=body]").fill("Ours fail in *February*.")
    page.get_by_role("button", name="Start discussion").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    thread = page.url

    other = visit("ruth-ellison", scripts=scripts)
    other.goto(group)
    other.get_by_role("main").get_by_role("link", name=re.compile("^Join")).or_(
        other.get_by_role("main").get_by_role("button", name=re.compile("^Join"))
    ).first.click()
    if "/join" in other.url:
        other.get_by_role("main").get_by_role("button", name=re.compile("^Join")).click()
    expect(other.get_by_role("heading", level=1)).to_have_text(name)
    other.goto(thread)
    other.locator("textarea[name=body]").fill("The ones by the sea.")
    other.get_by_role("button", name="Post reply").click()
    expect(other.get_by_role("article").filter(has_text="The ones by the sea.")).to_be_visible()
    assert other.url.split("?")[0].split("#")[0] == thread.split("#")[0]

    page.goto("/")
    expect(page.get_by_role("link", name=title)).to_be_visible()
