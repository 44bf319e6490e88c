"""Checking a guide, saying what replaces it, withdrawing it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from network.core.db import db
from network.core.transaction import transaction
from network.core.web.templating import day
from network.library.actions import ending
from network.library.checking.models import GuideCheck
from network.library.checks import add_months, today
from network.library.forms.acts import WithdrawForm
from network.library.models import Guide
from network.subjects.rules import NotAllowed
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast
from tests.support.sending import filled, find_form, form_of, send


def test_a_check_sets_who_when_and_the_next_day(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya, owen = cast.person(), cast.person("Owen Pritchard")
    guide = shelf.guide(priya, "Bins", checked=False, co_author_ids=[owen])
    answer = send(cast.client(owen), "/library/bins/check", facts="yes", advice="yes", months="3")
    assert answer.location == "/library/bins"
    with app.app_context():
        row = db.session.get_one(Guide, guide.id)
        assert (row.checked_by, row.check_due, row.check_state) == (owen, add_months(today(), 3), "in-date")
        assert row.version == 1


def test_something_that_is_wrong_leads_to_editing_and_is_no_check(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    guide = shelf.guide(priya, "Bins", checked=False)
    assert send(cast.client(priya), "/library/bins/check", facts="yes", advice="no").location == "/library/bins/edit"
    with app.app_context():
        assert db.session.get_one(Guide, guide.id).checked_at is None


@pytest.mark.parametrize("advice", ["yes", "no"])
def test_nobody_answers_for_a_version_they_have_not_seen(app: Flask, cast: Cast, shelf: Shelf, advice: str) -> None:
    priya, owen = cast.person(), cast.person("Owen Pritchard")
    guide = shelf.guide(priya, "Bins", checked=False, co_author_ids=[owen])
    client, address = cast.client(owen), "/library/bins/check"
    answers = {"facts": "yes", "advice": advice, "months": "3", "wrong": "The costs"}
    shown = {**filled(find_form(client.get(address).get_data(as_text=True))), **answers}
    assert (
        send(cast.client(priya), "/library/bins/edit", act="publish", body="Other", note="New costs").status_code == 303
    )
    for base in (shown["base"], "9", "x"):
        refused = client.post(address, data={**shown, "base": base})
        page = refused.get_data(as_text=True)
        assert refused.status_code == 409
        assert "This guide was changed after you opened this page" in page
        assert ("Version 2: New costs" in page) is (base == shown["base"])
        assert ('href="/library/bins/history/compare?from=1&amp;to=2"' in page) is (base == shown["base"])
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(GuideCheck)) == 0
        assert db.session.get_one(Guide, guide.id).flagged_at is None
    assert filled(find_form(page))["facts"] == ["yes"]
    assert client.post(address, data=filled(find_form(page))).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(GuideCheck.version)).all() == [2]


def test_a_check_must_be_answered(cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    shelf.guide(priya, "Bins")
    page = send(cast.client(priya), "/library/bins/check").get_data(as_text=True)
    assert "Choose whether facts and links are still true" in page


@pytest.mark.parametrize(
    "typed", ["/library/waste", "http://localhost/library/waste#x", "waste", "/library/waste?a=1", "Waste", "  waste "]
)
def test_a_successor_is_named_by_its_title_or_address(app: Flask, cast: Cast, shelf: Shelf, typed: str) -> None:
    priya = cast.person()
    old, new = shelf.guide(priya, "Bins"), shelf.guide(priya, "Waste")
    client = cast.client(priya)
    assert send(client, "/library/bins/replaced", successor=typed).status_code == 303
    with app.app_context():
        assert db.session.get_one(Guide, old.id).superseded_by_id == new.id
    assert send(client, "/library/bins/replaced", successor="").status_code == 303
    with app.app_context():
        assert db.session.get_one(Guide, old.id).superseded_by_id is None


def test_what_cannot_be_a_successor_is_refused_alike(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya, owen = cast.person(), cast.person("Owen Pritchard")
    closed = cast.group("closed", closed=True, facilitators=(owen,))
    shelf.guide(priya, "Bins")
    secret = shelf.guide(owen, "Secret", group_id=closed).slug
    client = cast.client(priya)
    wrong = [
        "nothing",
        f"/library/{secret}",
        "https://elsewhere.example/library/bins",
        "/people/priya-raman",
        "/library/a/b",
    ]
    for typed in wrong:
        page = send(client, "/library/bins/replaced", successor=typed).get_data(as_text=True)
        assert "Enter the title or address of a guide in this library" in page
    page = send(client, "/library/bins/replaced", successor="/library/bins").get_data(as_text=True)
    assert "A guide cannot take its own place" in page


def test_guides_never_replace_each_other_in_a_circle(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    one, two, three = (shelf.guide(priya, title) for title in ("One", "Two", "Three"))
    viewer = cast.viewer(priya)
    with app.app_context():
        with transaction():
            ending.supersede(viewer=viewer, guide_id=one.id, by_id=two.id)
            ending.supersede(viewer=viewer, guide_id=two.id, by_id=three.id)
        with pytest.raises(ending.NotASuccessor), transaction():
            ending.supersede(viewer=viewer, guide_id=three.id, by_id=one.id)


def test_withdrawing_needs_a_reason(app: Flask, cast: Cast, shelf: Shelf, client: Any) -> None:
    priya = cast.person()
    shelf.guide(priya, "Bins")
    writer = cast.client(priya)
    for nothing in ("", "   ", "\n\u200b"):
        assert "Enter the reason" in send(writer, "/library/bins/withdraw", reason=nothing).get_data(as_text=True)
    assert client.get("/library/bins").status_code == 200
    assert send(writer, "/library/bins/withdraw", reason="The rules changed").location == "/library/bins"
    assert client.get("/library/bins").status_code == 410
    assert writer.get("/library/bins/edit", follow_redirects=True).status_code == 410


def test_no_other_door_withdraws_without_a_reason(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    guide = shelf.guide(priya, "Bins")
    with app.app_context(), pytest.raises(NotAllowed), transaction():
        ending.withdraw(viewer=cast.viewer(priya), guide_id=guide.id, reason="")


def test_withdraw_pressed_twice_at_once_leads_to_the_guide(
    app: Flask, cast: Cast, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    priya = cast.person()
    guide = shelf.guide(priya, "Bins")
    client, viewer = cast.client(priya), cast.viewer(priya)
    fields = {**form_of(client, "/library/bins/withdraw"), "reason": "Old"}

    def meanwhile(_form: WithdrawForm) -> bool:
        with app.app_context(), transaction():
            ending.withdraw(viewer=viewer, guide_id=guide.id, reason="Old", successor_id=None)
        return True

    monkeypatch.setattr(WithdrawForm, "validate_on_submit", meanwhile)
    assert client.post("/library/bins/withdraw", data=fields).location == "/library/bins"


@pytest.mark.parametrize("act", ["check", "replaced", "withdraw"])
def test_who_may_look_after_a_guide(cast: Cast, shelf: Shelf, client: Any, act: str) -> None:
    priya, owen = cast.person(), cast.person("Owen Pritchard")
    shelf.guide(priya, "Bins", co_author_ids=[owen])
    address = f"/library/bins/{act}"
    assert client.get(address).status_code == 303
    assert cast.client(cast.person("Tom Adeyemi")).get(address).status_code == 403
    assert cast.client(priya).get(address).status_code == 200
    assert cast.client(owen).get(address).status_code == (403 if act == "withdraw" else 200)
    admin = cast.client(cast.person("Ann Evans", role="administrator"))
    assert admin.get(address).status_code == (200 if act == "withdraw" else 403)


def test_several_guides_of_one_title_are_told_apart_by_their_addresses(cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    shelf.guide(priya, "Bins")
    shelf.guide(priya, "Waste")
    shelf.guide(priya, "Waste")
    client = cast.client(priya)
    for act, more in (("replaced", {}), ("withdraw", {"reason": "Old"})):
        page = send(client, f"/library/bins/{act}", successor="Waste", **more).get_data(as_text=True)
        assert "Several guides have this title. Enter an address instead: /library/waste, /library/waste-2" in page


def test_a_withdrawn_guide_says_what_it_was_when_it_went_and_why(
    app: Flask, cast: Cast, shelf: Shelf, client: Any
) -> None:
    priya = cast.person()
    with app.app_context():
        on = day(today())
    shelf.guide(priya, "Bins & boxes")
    shelf.guide(priya, "Waste")
    owner = cast.client(priya)
    answer = send(owner, "/library/bins-boxes/withdraw", reason="The rules changed", successor="Waste")
    gone = owner.get(answer.location)
    page = gone.get_data(as_text=True)
    assert gone.status_code == 410
    assert "This is what stands at its address now" in page
    assert 'href="/library/bins-boxes/put-back">Put it back</a>' in page
    seen = client.get("/library/bins-boxes").get_data(as_text=True)
    assert "“Bins &amp; boxes” has been withdrawn</h1>" in seen
    assert f"Its owner withdrew this guide on {on}. The reason: The rules changed" in seen
    assert 'href="/search?q=Bins%20%26%20boxes"' in seen
    assert 'href="/library/waste">Waste</a>' in seen
    assert "Put it back" not in seen
    send(owner, "/library/bins-boxes/put-back")
    back = client.get("/library/bins-boxes").get_data(as_text=True)
    assert "Superseded" not in back
    assert "/library/waste" not in back
    history = client.get("/library/bins-boxes/history").get_data(as_text=True)
    assert f"Withdrawn on {on}. The reason: The rules changed" in history
    assert f"Put back on {on}." in history


def test_what_a_closed_group_withdrew_is_named_to_its_members_only(cast: Cast, shelf: Shelf) -> None:
    priya, tom, owen = cast.person(), cast.person("Tom Adeyemi"), cast.person("Owen Pritchard")
    closed = cast.group("closed", closed=True, facilitators=(priya,), members=(tom,))
    address = f"/library/{shelf.guide(priya, 'Zebrafinch', group_id=closed).slug}"
    send(cast.client(priya), f"{address}/withdraw", reason="Old")
    inside = cast.client(tom).get(address)
    assert (inside.status_code, "“Zebrafinch” has been withdrawn" in inside.get_data(as_text=True)) == (410, True)
    for client in (cast.client(owen), cast.client()):
        outside = client.get(address)
        assert (outside.status_code, "Zebrafinch" in outside.get_data(as_text=True)) == (404, False)


def test_a_superseded_guide_leads_first_to_what_replaces_it(cast: Cast, shelf: Shelf) -> None:
    priya, tom = cast.person(), cast.client(cast.person("Tom Adeyemi"))
    shelf.guide(priya, "Bins")
    shelf.guide(priya, "Waste")
    before = tom.get("/library/bins").get_data(as_text=True)
    assert "Use this instead" not in before
    send(cast.client(priya), "/library/bins/replaced", successor="Waste")
    page = tom.get("/library/bins").get_data(as_text=True)
    assert '<a class="govuk-button" href="/library/waste">Use this instead</a>' in page
    button = page[: page.index("We use this")].rpartition("<button")[2]
    assert "govuk-button--secondary" in button
    assert page.index("Use this instead</a>") < page.index("We use this")
