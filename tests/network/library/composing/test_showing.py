"""Preview keeps the text before it shows it: once, never over what was not seen, and at an address to come back to."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from network.core.db import db
from network.library.models import Guide, GuideEdit
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast
from tests.support.sending import filled, find_form, form_of, send, send_at_once


def guides(app: Flask) -> list[tuple[str, str, str]]:
    with app.app_context():
        return [(row[0], row[1], row[2]) for row in db.session.execute(select(Guide.state, Guide.title, Guide.body))]


def kept(app: Flask) -> dict[str, Any] | None:
    with app.app_context():
        return db.session.scalar(select(GuideEdit.fields))


@pytest.mark.parametrize("act", ["preview", "table", "outline"])
def test_what_was_looked_at_is_a_draft_at_an_address_that_shows_it_again(app: Flask, cast: Cast, act: str) -> None:
    client = cast.client(cast.person())
    form = form_of(client, "/library/new")
    # Nothing is missing that a draft needs: not even a title.
    sent = client.post(
        "/library/new", data={**form, "act": act, "title": "", "summary": "How", "body": "", "tags": "a"}
    )
    assert sent.status_code == 303
    assert sent.location.startswith("/drafts/")
    for _ in range(2):
        page = client.get(sent.location).text
        assert ('id="preview"' in page) == (act != "outline")
        assert "Draft saved on" in page
        assert "data-unsent" not in page
    form = filled(find_form(page))
    assert (form["summary"], form["tags"]) == (["How"], ["a"])
    assert ("## What this is for" in form["body"][0]) == (act == "outline")
    assert [(state, title) for state, title, _ in guides(app)] == [("draft", "")]


def test_back_to_the_page_before_and_on_from_there_it_stays_one_draft(app: Flask, cast: Cast) -> None:
    client = cast.client(cast.person())
    form = {**form_of(client, "/library/new"), "title": "Bins", "act": "preview"}
    first = client.post("/library/new", data={**form, "body": "One"})
    on = client.post("/library/new", data={**form, "body": "One two"})
    assert on.status_code == 307
    assert client.post(on.location, data={**form, "body": "One two"}).location == first.location
    assert guides(app) == [("draft", "Bins", "One two")]
    published = {**form, "body": "One two three", "act": "publish"}
    assert client.post(client.post("/library/new", data=published).location, data=published).status_code == 303
    assert guides(app) == [("published", "Bins", "One two three")]


@pytest.mark.parametrize("acts", [("draft", "preview"), ("preview", "draft"), ("draft", "draft")])
@pytest.mark.parametrize("new", [True, False])
def test_back_to_a_page_that_was_saved_before_shows_nobody_their_own_words_as_somebody_elses(
    app: Flask, cast: Cast, shelf: Shelf, new: bool, acts: tuple[str, str]
) -> None:
    priya = cast.person()
    client = cast.client(priya)
    address = "/library/new" if new else f"/drafts/{shelf.draft(priya, 'Bins').id}"
    form = {**form_of(client, address), "title": "Bins"}
    for act, body in zip(acts, ("One", "One two"), strict=True):
        sent = client.post(address, data={**form, "act": act, "body": body})
        if sent.status_code == 307:
            sent = client.post(sent.location, data={**form, "act": act, "body": body})
        assert sent.status_code == 303
    assert guides(app) == [("draft", "Bins", "One two")]


def test_two_presses_in_the_same_moment_make_one_draft(app: Flask, cast: Cast) -> None:
    priya = cast.person()
    clients = [cast.client(priya), cast.client(priya)]
    form = {**form_of(clients[0], "/library/new"), "title": "Bins", "body": "One", "act": "preview"}
    other = {**form, "csrf_token": form_of(clients[1], "/library/new")["csrf_token"]}
    assert set(send_at_once(clients, "/library/new", [form, other])) <= {303, 307}
    assert guides(app) == [("draft", "Bins", "One")]


def test_asking_for_a_preview_keeps_nothing(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    client, draft = cast.client(priya), shelf.draft(priya, "Bins", body="Begun")
    shelf.guide(priya, "Waste", body="Published")
    for address in ("/library/new?title=Boats", f"/drafts/{draft.id}?", "/library/waste/edit?"):
        assert 'id="preview"' in client.get(f"{address}&preview=1").text
    assert sorted(guides(app)) == [("draft", "Bins", "Begun"), ("published", "Waste", "Published")]
    assert kept(app) is None


def test_over_a_limit_is_named_and_the_rest_is_kept(app: Flask, cast: Cast) -> None:
    client = cast.client(cast.person())
    typed = {**form_of(client, "/library/new"), "title": "Bins", "body": "One", "summary": "x" * 301, "act": "preview"}
    page = client.post("/library/new", data=typed).text
    # At the field, in the list on top, and where the browser lands.
    assert page.count("Summary must be 300 characters or fewer") == 3
    assert "Not all of this is saved yet" in page.partition('id="preview"')[2]
    assert filled(find_form(page))["summary"] == ["x" * 301]
    assert guides(app) == [("draft", "Bins", "One")]
    mended = {**filled(find_form(page)), "summary": "Short", "act": "preview"}
    draft = client.post("/library/new", data=mended).location
    assert form_of(client, client.post(draft, data=mended).location)["summary"] == ["Short"]
    assert len(guides(app)) == 1


def test_a_draft_that_somebody_else_saved_is_not_overwritten_by_a_look(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya, owen = cast.person(), cast.person("Owen Pritchard")
    draft = shelf.draft(priya, "Bins", body="Begun", co_author_ids=[owen])
    address, mine = f"/drafts/{draft.id}", cast.client(priya)
    form = form_of(mine, address)
    theirs = cast.client(owen)
    assert theirs.post(address, data={**form_of(theirs, address), "body": "Owen", "act": "preview"}).status_code == 303
    for summary in ("", "x" * 301):
        both = mine.post(address, data={**form, "body": "Priya", "summary": summary, "act": "preview"})
        assert both.status_code == 409
        assert "Compare the two before you save yours" in both.text
        assert filled(find_form(both.text))["summary"] == [summary]
        assert guides(app)[0][2] == "Owen"
    seen = {**filled(find_form(both.text)), "summary": "", "act": "preview"}
    assert mine.post(address, data=seen).status_code == 303
    assert guides(app)[0][2] == "Priya"


def test_an_edit_that_is_looked_at_is_kept_and_readers_see_nothing_of_it(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    shelf.guide(priya, "Bins", body="Published")
    client, address = cast.client(priya), "/library/bins/edit"
    desk, phone = form_of(client, address), form_of(client, address)
    sent = client.post(address, data={**desk, "body": "Desk", "note": "Why", "act": "preview"})
    assert (sent.status_code, sent.location) == (303, f"{address}?preview=1#preview")
    page = client.get(sent.location).text
    assert "Your edit was saved on" in page
    assert "<p>Desk</p>" in page
    assert filled(find_form(page))["note"] == ["Why"]
    assert "Published" in cast.client().get("/library/bins").text
    # Back, and another look; the other window has not seen it and overwrites nothing.
    assert client.post(address, data={**desk, "body": "Desk 2", "act": "preview"}).status_code == 303
    both = client.post(address, data={**phone, "body": "Phone", "act": "preview"})
    assert both.status_code == 409
    assert "You saved this edit from somewhere else" in both.text
    assert (kept(app) or {})["body"] == "Desk 2"
    assert client.post(address, data={**filled(find_form(both.text)), "act": "preview"}).status_code == 303
    assert (kept(app) or {})["body"] == "Phone"


def test_what_cannot_be_published_yet_is_there_for_whoever_leaves_the_page(
    app: Flask, cast: Cast, shelf: Shelf
) -> None:
    priya, owen = cast.person(), cast.person("Owen Pritchard")
    shelf.guide(priya, "Bins", body="Published", co_author_ids=[owen])
    client, address = cast.client(priya), "/library/bins/edit"
    form = {**form_of(client, address), "body": "Mine ![](/files/a.png)", "act": "publish"}
    refused = client.post(address, data=form).text
    assert "Enter what changed" in refused
    assert "Everything else is saved." in refused
    assert (kept(app) or {})["body"] == "Mine ![](/files/a.png)"
    # Somebody publishes meanwhile: both are shown, and leaving loses neither.
    theirs = cast.client(owen)
    newer = {**form_of(theirs, address), "body": "Owen", "note": "n", "act": "publish"}
    assert theirs.post(address, data=newer).status_code == 303
    both = client.post(address, data={**form, "body": "Mine, mended", "note": "n"})
    assert both.status_code == 409
    assert "saved a newer version" in both.text
    assert (kept(app) or {})["body"] == "Mine, mended"
    assert form_of(client, address)["body"] == ["Mine, mended"]
    seen = {**filled(find_form(both.text)), "act": "publish"}
    assert client.post(address, data=seen).location == "/library/bins"
    assert (guides(app), kept(app)) == ([("published", "Bins", "Mine, mended")], None)


TABLE = "Intro.\n\n| a | b |\n|---|---|\n| Other | {} |\n\nMiddle.\n\nStart on a {}.\n\nEnd.\n"


def test_a_window_that_holds_what_another_published_undoes_nothing_of_later_versions(cast: Cast, shelf: Shelf) -> None:
    """Its page says that it began from the first version, but the table in it is that of the second."""
    priya, owen = cast.person(), cast.person("Owen Pritchard")
    shelf.guide(priya, "Calls", body=TABLE.format(90, "Monday"), co_author_ids=[owen])
    client, address = cast.client(priya), "/library/calls/edit"
    old = {**form_of(client, address), "note": "n", "act": "publish"}
    assert send(client, address, act="publish", note="n", body=TABLE.format(95, "Monday")).status_code == 303
    theirs = cast.client(owen)
    later = TABLE.format(78, "Monday at nine")
    assert send(theirs, address, act="publish", note="n", body=later).status_code == 303
    both = client.post(address, data={**old, "body": TABLE.format(95, "Tuesday")})
    assert both.status_code == 409
    assert filled(find_form(both.text))["body"] == [TABLE.format(78, "Tuesday")]


def test_who_cannot_be_saved_because_of_another_window_is_told(cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    shelf.guide(priya, "Bins", body="Published")
    client, address = cast.client(priya), "/library/bins/edit"
    one, other = form_of(client, address), form_of(client, address)
    assert client.post(address, data={**one, "body": "One", "act": "draft"}).status_code == 303
    refused = client.post(address, data={**other, "body": "Other", "act": "publish"}).text
    assert "Enter what changed" in refused
    assert "Not saved yet: this was saved from another window too." in refused
