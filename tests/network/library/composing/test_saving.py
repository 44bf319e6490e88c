"""Drafts that save themselves: once, never over what was not seen, never published, never of somebody else."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from network.accounts.models import KeptForm
from network.core.db import db
from network.library.models import Guide, GuideEdit
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast
from tests.support.sending import filled, find_form, form_of, send, token


def guides(app: Flask) -> list[Any]:
    with app.app_context():
        return list(db.session.execute(select(Guide.state, Guide.title, Guide.body, Guide.revision)))


def kept_body(app: Flask) -> str | None:
    with app.app_context():
        fields = db.session.scalar(select(GuideEdit.fields))
        return fields["body"] if fields else None


def test_a_new_guide_becomes_one_draft_however_often_it_is_saved(app: Flask, cast: Cast) -> None:
    client = cast.client(cast.person())
    form = form_of(client, "/library/new")
    assert client.post("/library/new/autosave", data=form).get_json() == {"saved": ""}
    assert guides(app) == []
    first = client.post("/library/new/autosave", data={**form, "body": "One"}).get_json()
    assert first["saved"].startswith("Draft saved at ")
    # The answer was lost on the line: the page does not know of its draft, and goes on.
    second = client.post("/library/new/autosave", data={**form, "body": "One two"}).get_json()
    assert second["address"] == first["address"]
    third = client.post(f"{first['address']}/autosave", data={**form, "body": "One two three", "base": second["state"]})
    assert third.status_code == 200
    assert guides(app) == [("draft", "", "One two three", 3)]
    assert "Untitled draft" in client.get("/drafts").get_data(as_text=True)
    # Not even then does a press of Publish make a second one.
    sent = client.post("/library/new", data={**form, "act": "publish", "title": "T", "body": "All of it"})
    assert sent.status_code == 307
    assert client.post(sent.location, data={**form, "act": "publish", "title": "T", "body": "All of it"}).location == (
        "/library/t"
    )
    assert [(state, title, body) for state, title, body, _ in guides(app)] == [("published", "T", "All of it")]
    # What the script sends after that comes too late, and a second press leads to the guide.
    late = client.post(f"{first['address']}/autosave", data={**form, "body": "Late"})
    assert (late.status_code, list(late.get_json())) == (409, ["conflict"])
    again = client.post(first["address"], data={**form, "act": "publish", "title": "T", "body": "All of it"})
    assert (again.status_code, again.location) == (303, "/library/t")


def test_the_key_of_an_edit_makes_no_new_guide(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    address = f"/library/{shelf.guide(priya, 'Bins').slug}"
    client = cast.client(priya)
    form = form_of(client, f"{address}/edit")
    assert client.post(f"{address}/edit/autosave", data={**form, "body": "More"}).status_code == 200
    new = {**form_of(client, "/library/new"), "idempotency_key": form["idempotency_key"], "title": "T", "body": "New"}
    refused = client.post("/library/new/autosave", data=new)
    assert (refused.status_code, list(refused.get_json())) == (409, ["conflict"])
    assert len(guides(app)) == 1
    assert client.post("/library/new", data={**new, "act": "draft"}).status_code == 303


def test_a_page_asks_what_the_one_before_it_saved_and_learns_of_nobody_elses(cast: Cast) -> None:
    priya, owen = cast.client(cast.person()), cast.client(cast.person("Owen Pritchard"))
    form = form_of(priya, "/library/new")
    asked = f"/drafts/saved?page={form['idempotency_key'][0]}"
    assert priya.get(asked).get_json() == {}
    saved = priya.post("/library/new/autosave", data={**form, "body": "One"}).get_json()
    assert priya.get(asked).get_json() == {"address": saved["address"], "state": saved["state"]}
    assert owen.get(asked).get_json() == {}
    assert priya.get("/drafts/saved").get_json() == {}
    assert cast.client().get(asked).status_code != 200


@pytest.mark.parametrize("place", ["draft", "edit", "suggestion"])
def test_of_two_saves_of_one_page_the_newer_stays_whichever_comes_first(
    app: Flask, cast: Cast, shelf: Shelf, place: str
) -> None:
    priya = cast.person()
    client = cast.client(priya if place != "suggestion" else cast.person("Owen Pritchard"))
    address = {
        "draft": f"/drafts/{shelf.draft(priya, 'Bins').id}",
        "edit": "/library/waste/edit",
        "suggestion": "/library/waste/suggest",
    }[place]
    shelf.guide(priya, "Waste", body="Published")
    form = form_of(client, address)

    def save(turn: int, body: str) -> dict[str, str]:
        answer = client.post(f"{address}/autosave", data={**form, "body": body, "turn": str(1_800_000_000_000 + turn)})
        assert answer.status_code == 200
        return dict(answer.get_json())

    assert save(2, "Newer")["saved"]
    assert save(1, "Older") == {"saved": ""}
    assert form_of(client, address)["body"] == ["Newer"]
    assert save(3, "Newest")["saved"]
    # A button is pressed on what somebody sees.
    assert client.post(address, data={**form, "act": "preview", "body": "Pressed"}).status_code == 303
    assert form_of(client, address)["body"] == ["Pressed"]


def test_a_newer_text_from_elsewhere_is_never_overwritten_unseen(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    draft = shelf.draft(priya, "Bins", body="Begun")
    client, address = cast.client(priya), f"/drafts/{draft.id}"
    desk, phone = form_of(client, address), form_of(client, address)
    first = client.post(f"{address}/autosave", data={**desk, "body": "Begun at the desk"}).get_json()
    assert client.post(f"{address}/autosave", data={**phone, "base": "2", "body": "From the phone"}).status_code == 200
    desk["base"] = first["state"]
    refused = client.post(f"{address}/autosave", data={**desk, "body": "From the desk"})
    assert refused.status_code == 409
    assert "Save draft to see both texts" in refused.get_json()["conflict"]
    assert guides(app)[0].body == "From the phone"
    both = client.post(address, data={**desk, "act": "draft", "body": "From the desk"})
    page = both.get_data(as_text=True)
    assert both.status_code == 409
    assert "phone" in page.split("<form", 2)[1] + page
    assert filled(find_form(page))["body"] == ["From the desk"]
    # Where two texts are shown, nothing is decided but by a press of a button.
    assert "data-saves-at" not in page
    seen = {**filled(find_form(page)), "act": "draft"}
    assert client.post(address, data=seen).status_code == 303
    assert guides(app)[0].body == "From the desk"


def test_what_breaks_a_rule_gives_way_and_the_rest_is_saved(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    draft = shelf.draft(priya, "Bins", body="Begun")
    client, address = cast.client(priya), f"/drafts/{draft.id}"
    form = form_of(client, address)
    typed = {"title": "x" * 151, "co_authors": "Nobody Atall", "body": "On we go"}
    answer = client.post(f"{address}/autosave", data={**form, **typed}).get_json()
    assert "Title must be 150 characters or fewer" in answer["saved"]
    assert "Nobody here is called" in answer["saved"]
    assert guides(app) == [("draft", "Bins", "On we go", 2)]
    big = client.post(f"{address}/autosave", data={**form, "base": answer["state"], "body": "é" * (129 * 1024)})
    assert "Guide must be 256 KB or smaller" in big.get_json()["saved"]
    assert guides(app)[0].body == "On we go"


def test_an_edit_is_kept_and_the_published_guide_stays(app: Flask, cast: Cast, shelf: Shelf, client: Any) -> None:
    priya = cast.person()
    shelf.guide(priya, "Bins", body="Published")
    writer, address = cast.client(priya), "/library/bins/edit"
    desk, phone = form_of(writer, address), form_of(writer, address)
    first = writer.post(f"{address}/autosave", data={**phone, "body": "Phone 1"}).get_json()
    assert first["saved"].startswith("Your edit was saved at ")
    lost = writer.post(f"{address}/autosave", data={**phone, "body": "Phone 2"})
    assert lost.status_code == 200
    assert kept_body(app) == "Phone 2"
    assert "Phone" not in client.get("/library/bins").get_data(as_text=True)
    assert writer.post(f"{address}/autosave", data={**desk, "body": "Desk"}).status_code == 409
    for act in ("draft", "publish"):
        both = writer.post(address, data={**desk, "act": act, "body": "Desk", "note": "n"})
        assert both.status_code == 409
        assert "You saved this edit from somewhere else" in both.get_data(as_text=True)
        assert kept_body(app) == "Phone 2"
    seen = {**filled(find_form(both.get_data(as_text=True))), "act": "publish", "note": "n"}
    assert writer.post(address, data=seen).location == "/library/bins"
    assert kept_body(app) is None
    late = writer.post(f"{address}/autosave", data={**seen, "body": "Late"})
    assert late.status_code == 409
    assert kept_body(app) is None


def test_a_text_that_was_published_elsewhere_goes_on_as_an_edit(cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    draft = shelf.draft(priya, "Bins", body="Begun")
    client, address = cast.client(priya), f"/drafts/{draft.id}"
    desk, phone = form_of(client, address), form_of(client, address)
    assert client.post(address, data={**phone, "act": "publish"}).status_code == 303
    refused = client.post(f"{address}/autosave", data={**desk, "body": "From the desk"})
    assert refused.status_code == 409
    sent = client.post(address, data={**desk, "act": "draft", "body": "From the desk"})
    assert (sent.status_code, sent.location) == (307, "/library/bins/edit?begun=draft")
    assert client.post(sent.location, data={**desk, "act": "draft", "body": "From the desk"}).status_code == 303
    assert form_of(client, "/library/bins/edit")["body"] == ["From the desk"]


@pytest.mark.parametrize("state", ["draft", "edit"])
def test_what_a_stale_window_holds_is_kept_beside_what_was_saved_and_offered(
    app: Flask, cast: Cast, shelf: Shelf, state: str
) -> None:
    priya = cast.person()
    client = cast.client(priya)
    address = f"/drafts/{shelf.draft(priya, 'Bins').id}" if state == "draft" else "/library/bins/edit"
    if state == "edit":
        shelf.guide(priya, "Bins", body="Published")
    a, b = form_of(client, address), form_of(client, address)
    assert client.post(address, data={**a, "act": "draft", "body": "From window A"}).status_code == 303
    assert "another window" not in client.get(address).text
    for words in ("From", "From window B"):
        refused = client.post(f"{address}/autosave", data={**b, "body": words})
        assert (refused.status_code, refused.get_json()["kept"]) == (409, True)
    page = client.get(address).text
    assert page.count("You typed something else in another window") == 1
    assert form_of(client, address)["body"] == ["From window A"]
    at = re.search(rf'href="({address}\?kept=[^"]+)"', page)
    assert at is not None
    both = client.get(at[1])
    assert (both.status_code, "What differs" in both.text) == (200, True)
    mine = filled(find_form(both.text))
    assert mine["body"] == ["From window B"]
    # Another person who writes here sees nothing of it, nor of the address.
    assert "From window B" not in cast.client(cast.person("Owen Pritchard")).get(at[1]).text
    assert client.post(address, data={**mine, "act": "draft"}).status_code == 303
    assert form_of(client, address)["body"] == ["From window B"]
    assert "another window" not in client.get(address).text


def test_what_a_stale_window_holds_can_be_thrown_away(cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    client, address = cast.client(priya), f"/drafts/{shelf.draft(priya, 'Bins').id}"
    a, b = form_of(client, address), form_of(client, address)
    client.post(address, data={**a, "act": "draft", "body": "A"})
    client.post(f"{address}/autosave", data={**b, "body": "B"})
    action = re.search(r'action="(/kept/[^"]+/delete)"', client.get(address).text)
    assert action is not None
    assert send(client, address, action=action[1]).location == address
    assert "another window" not in client.get(address).text


def test_what_was_typed_while_a_draft_was_published_is_kept_for_its_edit(cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    client, address = cast.client(priya), f"/drafts/{shelf.draft(priya, 'Bins', body='Begun').id}"
    a, b = form_of(client, address), form_of(client, address)
    assert client.post(address, data={**a, "act": "publish"}).status_code == 303
    assert client.post(f"{address}/autosave", data={**b, "body": "B"}).get_json()["kept"]
    page = client.get("/library/bins/edit").text
    at = re.search(r'href="(/library/bins/edit\?kept=[^"]+)"', page)
    assert at is not None
    mine = filled(find_form(client.get(at[1]).text))
    assert mine["body"] == ["B"]
    both = client.post("/library/bins/edit", data={**mine, "act": "publish", "note": "n"})
    assert both.status_code == 409
    seen = {**filled(find_form(both.text)), "act": "publish", "note": "n"}
    assert client.post("/library/bins/edit", data=seen).location == "/library/bins"
    assert "another window" not in client.get("/library/bins/edit").text


@pytest.mark.parametrize("act", ["draft", "preview", "publish"])
def test_an_older_page_of_a_draft_is_shown_beside_what_was_published_of_it(
    app: Flask, cast: Cast, shelf: Shelf, act: str
) -> None:
    priya, owen = cast.person(), cast.person("Owen Pritchard")
    address = f"/drafts/{shelf.draft(priya, 'Bins', body='Begun', co_author_ids=[owen]).id}"
    author, helper = cast.client(priya), cast.client(owen)
    stale = {**form_of(helper, address), "body": "By the helper", "act": act, "note": "n"}
    for end in ("draft", "publish"):
        assert author.post(address, data={**form_of(author, address), "body": "Ours", "act": end}).status_code == 303
    on = helper.post(address, data=stale)
    assert on.status_code == 307
    both = helper.post(on.location, data=stale)
    if act != "publish":
        page = helper.get(both.location).text
        assert "A newer version was published since" in page
        both = helper.post("/library/bins/edit", data={**filled(find_form(page)), "act": "publish", "note": "n"})
    assert both.status_code == 409
    assert "Ours" in both.text
    assert kept_body(app) == "By the helper"
    assert guides(app)[0].body == "Ours"
    seen = {**filled(find_form(both.text)), "act": "publish", "note": "n"}
    assert helper.post("/library/bins/edit", data=seen).location == "/library/bins"
    assert guides(app)[0].body == "By the helper"


@pytest.mark.parametrize(("below", "leads_to"), [("/discard", "/edit"), ("/files/add", "/files")])
def test_what_else_is_sent_to_a_draft_that_was_published_is_said_to_be_undone(
    app: Flask, cast: Cast, shelf: Shelf, below: str, leads_to: str
) -> None:
    priya = cast.person()
    client, address = cast.client(priya), f"/drafts/{shelf.draft(priya, 'Bins').id}"
    page = form_of(client, f"{address}{below}")
    assert client.post(address, data={**form_of(client, address), "act": "publish"}).status_code == 303
    sent = client.post(f"{address}{below}", data={**page, "title": "A form"})
    assert (sent.status_code, sent.location) == (303, f"/library/bins{leads_to}")
    assert "This draft was published while its page was open" in client.get(sent.location).text
    assert kept_body(app) is None
    assert [(state, title) for state, title, *_ in guides(app)] == [("published", "Bins")]


def test_when_the_session_has_ended_the_script_hears_so_and_no_copy_is_kept(app: Flask, cast: Cast) -> None:
    priya = cast.person()
    client = cast.client(priya)
    form = {**form_of(client, "/library/new"), "body": "Half a thought"}
    client.delete_cookie("session")
    answer = client.post("/library/new/autosave", data=form, headers={"Sec-Fetch-Mode": "cors"})
    assert answer.status_code in (303, 400)
    assert guides(app) == []
    with app.app_context():
        assert db.session.scalars(select(KeptForm)).all() == []


ROLES = ("visitor", "outsider", "member", "co-author", "author", "moderator", "administrator")
DRAFT = {"visitor": 303, "co-author": 200, "author": 200}
EDIT = {"visitor": 303, "member": 403, "co-author": 200, "author": 200}


@pytest.mark.parametrize("role", ROLES)
def test_who_may_save_store_and_look(app: Flask, cast: Cast, shelf: Shelf, role: str) -> None:
    names = {name: f"{name.title()} Person" for name in ROLES if name != "visitor"}
    people = {
        name: cast.person(full, role=name if name in ("moderator", "administrator") else "member")
        for name, full in names.items()
    }
    inside = (people["member"], people["co-author"], people["author"])
    group = cast.group("cases", closed=True, members=inside)
    given: dict[str, Any] = {"group_id": group, "co_author_ids": [people["co-author"]]}
    draft = shelf.draft(people["author"], "Drafted", **given)
    guide = shelf.guide(people["author"], "Waste", **given)
    edit = f"/library/{guide.slug}/edit"
    client = cast.client(people.get(role))
    data = {"csrf_token": token(client, "/library/new" if role != "visitor" else "/sign-in"), "body": "Text"}
    statuses = {
        f"/drafts/{draft.id}/autosave": DRAFT.get(role, 404),
        f"/drafts/{draft.id}/pictures": {200: 400}.get(DRAFT.get(role, 404), DRAFT.get(role, 404)),
        f"{edit}/autosave": EDIT.get(role, 404),
        f"{edit}/pictures": {200: 400}.get(EDIT.get(role, 404), EDIT.get(role, 404)),
        # Whoever only reads it does not hear that a draft became this guide.
        f"/drafts/{guide.id}/autosave": {200: 409}.get(DRAFT.get(role, 404), DRAFT.get(role, 404)),
        "/library/new/autosave": 303 if role == "visitor" else 200,
    }
    found = {
        address: client.post(address, data={**data, "base": "1", "idempotency_key": f"{role}-{place}-0123456789"})
        for place, address in enumerate(statuses)
    }
    assert {address: answer.status_code for address, answer in found.items()} == statuses
    titles = client.get("/drafts/titles?q=Wast")
    assert titles.status_code == (303 if role == "visitor" else 200)
    if role != "visitor":
        assert bool(titles.get_json()["titles"]) == (people[role] in inside)
        assert client.get("/drafts/titles?q=Drafted").get_json()["titles"] == []
