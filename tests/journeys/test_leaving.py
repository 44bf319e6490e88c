"""Leaving: from the settings to a closed account, with one page in between that says what will be done."""

from __future__ import annotations

from playwright.sync_api import expect

from network.accounts.passwords import hashed
from network.core.transaction import transaction
from network.discussions.actions import address_of, start_discussion
from network.groups.actions import start_group
from network.people.actions import add_member
from network.people.joining import person_of
from network.threads.writing import render_post
from tests.journeys.conftest import Visit
from tests.journeys.site import Site

WORDS = "We keep the old key in the blue tin."


def leaver(site: Site, handle: str) -> str:
    """A member who facilitates a group and has written in it; where that stands."""
    with site.app.app_context():
        password_hash, html = hashed(site.password), render_post(WORDS).html
        with transaction():
            account = add_member(
                name="Una Goodbye",
                email=f"{handle}@harrowdale.example",
                job_title="",
                password_hash=password_hash,
                confirmed=True,
                handle=handle,
            )
            person = person_of(account.id)
            group = start_group(name=f"Goodbyes of {handle}", purpose="To part well", by_id=person.id)
            return address_of(
                start_discussion(
                    group_id=group.id,
                    kind="discussion",
                    title="Where is the key?",
                    body=WORDS,
                    html=html,
                    author_id=person.id,
                    organisation_id=None,
                )
            )


def test_a_member_leaves_and_their_words_stay_without_their_name(visit: Visit, site: Site, scripts: bool) -> None:
    handle = f"una-goodbye-{int(scripts)}"
    talk = leaver(site, handle)
    page = visit(handle, scripts=scripts)
    page.goto("/settings")
    page.get_by_role("link", name="Close your account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Close your account")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    page.get_by_label("They stay, under the name").check(force=True)
    # No guide names her, so she is not asked what guides are to say.
    expect(page.get_by_label("They say “Former member”")).to_have_count(0)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Close your account for good?")
    expect(page.get_by_text("Your 1 post or comment stays, under the name “Former member”.")).to_be_visible()
    expect(
        page.get_by_text(f"The administrators are told that Goodbyes of {handle} has no facilitator.")
    ).to_be_visible()
    page.locator("input[name=current]").fill("not the right one at all")
    page.get_by_role("button", name="Close my account").click()
    expect(page.get_by_role("link", name="The password is not right")).to_be_visible()
    page.locator("input[name=current]").fill(site.password)
    page.get_by_role("button", name="Close my account").click()
    expect(page.get_by_text("Your account is closed.")).to_be_visible()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()

    page.goto(talk)
    said = page.get_by_role("article").filter(has_text=WORDS)
    expect(said.last.get_by_text("Former member").first).to_be_visible()
    expect(said.last).not_to_contain_text("Una Goodbye")
    answer = page.goto(f"/people/{handle}")
    assert answer is not None
    assert answer.status == 404
