"""Pictures come in with words, are seen by whoever sees the text, and go when no text names them."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from network.attachments.actions import attach
from network.attachments.models import StoredFile
from network.attachments.pictures import store_picture
from network.core.clock import now
from network.core.db import db
from network.core.transaction import transaction
from network.library.composing.actions import SWEPT_AFTER, sweep_pictures
from network.library.composing.models import ComposedPicture
from network.library.models import Guide
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast
from tests.support.pictures import picture
from tests.support.sending import filled, find_form, send, token

NAME = re.compile(r"/files/([\w.]+)")


def a_picture(name: str = "map.png") -> Any:
    return io.BytesIO(picture()), name


def paste(client: Any, address: str, **more: Any) -> Any:
    data = {"csrf_token": token(client, "/library/new"), "picture": a_picture(), **more}
    return client.post(address, data=data)


def test_a_pasted_picture_is_as_visible_as_the_text(app: Flask, cast: Cast, shelf: Shelf, client: Any) -> None:
    priya, owen, tom = cast.person(), cast.person("Owen Pritchard"), cast.person("Tom Adeyemi")
    group = cast.group("cases", closed=True, members=(priya, tom))
    draft = shelf.draft(priya, "Bins", group_id=group, co_author_ids=[owen, tom])
    answer = paste(cast.client(priya), f"/drafts/{draft.id}/pictures")
    assert answer.status_code == 201
    markdown = answer.get_json()["markdown"]
    assert markdown.startswith("![](/files/")
    address = f"/files/{NAME.search(markdown)[1]}"  # type: ignore[index]

    def seen_by() -> list[int]:
        people = {1: priya, 2: owen, 3: tom, 4: cast.person("Ann Evans", role="administrator"), 5: None}
        return [who for who, person in people.items() if cast.client(person).get(address).status_code == 200]

    assert seen_by() == [1, 3]  # Not by a co-author who cannot read the group.
    sent = send(cast.client(priya), f"/drafts/{draft.id}", act="publish", body=markdown.replace("![]", "![A map]"))
    assert sent.status_code == 303
    assert seen_by() == [1, 3]


def test_a_picture_of_an_unfinished_edit_is_seen_by_editors_until_it_is_published(
    app: Flask, cast: Cast, shelf: Shelf, client: Any
) -> None:
    priya, owen, tom = cast.person(), cast.person("Owen Pritchard"), cast.person("Tom Adeyemi")
    shelf.guide(priya, "Bins", co_author_ids=[owen])
    markdown = paste(cast.client(priya), "/library/bins/edit/pictures").get_json()["markdown"]
    address = f"/files/{NAME.search(markdown)[1]}"  # type: ignore[index]
    with app.app_context(), transaction():
        smaller = store_picture(picture(size=(20, 20)), "map.png")
        attach(smaller, subject="guide", subject_id=db.session.scalars(select(Guide.id)).one(), uploaded_by=priya)
        db.session.flush()
        whole = db.session.scalars(select(StoredFile.id).where(StoredFile.name == address[7:])).one()
        db.session.execute(update(StoredFile).where(StoredFile.name == smaller.name).values(whole_id=whole))

    def seen_by(address: str) -> list[int | None]:
        people = (priya, owen, tom, None)
        return [person for person in people if cast.client(person).get(address).status_code == 200]

    for picture_address in (address, f"/files/{smaller.name}"):
        assert seen_by(picture_address) == [priya, owen]
    for body in (markdown.replace("![]", "![A map]"), "Without it, but in the history."):
        sent = send(cast.client(priya), "/library/bins/edit", act="publish", body=body, note="A map")
        assert sent.status_code == 303
        for picture_address in (address, f"/files/{smaller.name}"):
            assert seen_by(picture_address) == [priya, owen, tom, None]


def test_a_picture_without_words_blocks_publishing_and_is_named(cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    client, draft = cast.client(priya), shelf.draft(priya, "Bins")
    markdown = paste(client, f"/drafts/{draft.id}/pictures").get_json()["markdown"]
    page = send(client, f"/drafts/{draft.id}", act="publish", body=markdown).get_data(as_text=True)
    assert page.count("Describe the picture “map.png” for people who cannot see it") == 2
    assert send(client, f"/drafts/{draft.id}", act="draft", body=markdown).status_code == 303
    body = markdown.replace("![]", "![decorative]")
    published = send(client, f"/drafts/{draft.id}", act="publish", body=body)
    assert 'alt=""' in client.get(published.location).get_data(as_text=True)


def test_after_an_error_it_says_which_file_has_to_be_chosen_again(cast: Cast) -> None:
    client = cast.client(cast.person())
    again = '<a href="#picture">Choose “map.png” again'
    picture = {"picture_alt": "A map", "title": "A map"}
    for what, words, asks in (
        ({"act": "publish", "title": ""}, "Enter a title", True),
        ({"act": "picture", "title": "A map"}, "Enter what the picture shows", True),
        ({"act": "picture", **picture, "picture": (io.BytesIO(b"<svg/>"), "map.png")}, "must be a JPEG", False),
    ):
        typed = {**filled(find_form(client.get("/library/new").text)), "body": "Look:"}
        page = client.post("/library/new", data={**typed, "picture": a_picture(), **what}).text
        summary = page.partition("govuk-error-summary__list")[2].partition("</ul>")[0]
        assert words in summary
        assert (again in summary) is asks
        assert "data-pictures open" in page


def test_without_script_a_button_puts_the_picture_at_the_end(app: Flask, cast: Cast) -> None:
    client = cast.client(cast.person())
    form = filled(find_form(client.get("/library/new").get_data(as_text=True)))
    typed = {**form, "act": "picture", "body": "Look:", "title": ""}
    for more, words in (
        ({}, "Choose a picture"),
        ({"picture": a_picture()}, "Enter what the picture shows"),
        ({"picture": (io.BytesIO(b"<svg/>"), "x.png"), "picture_alt": "A map"}, "must be a JPEG, PNG, WebP or GIF"),
    ):
        refused = client.post("/library/new", data={**typed, **more})
        assert words in refused.get_data(as_text=True)
        assert filled(find_form(refused.get_data(as_text=True)))["body"] == ["Look:"]
    whole = {**typed, "picture_alt": "A [map]"}
    first = client.post("/library/new", data={**whole, "picture": a_picture()})
    assert (first.status_code, first.location[-5:]) == (303, "#body")
    client.post("/library/new", data={**whole, "picture": a_picture()}, follow_redirects=True)
    draft = first.location.removesuffix("#body")
    shown = filled(find_form(client.get(draft).get_data(as_text=True)))
    assert re.fullmatch(r"Look:\n\n!\[A \\\[map\\\]\]\(/files/[\w.]+\)\n", shown["body"][0])
    send(client, draft, act="picture", picture=a_picture(), picture_alt="x", picture_decorative="y")
    with app.app_context():
        body = db.session.scalars(select(Guide.body)).one()
        assert body.count("/files/") == 2
        assert "![decorative](" in body


@pytest.mark.parametrize("act", ["preview", "draft"])
@pytest.mark.parametrize("place", ["new", "draft", "edit"])
def test_a_chosen_picture_goes_in_by_every_button_that_keeps_the_text(
    cast: Cast, shelf: Shelf, place: str, act: str
) -> None:
    priya = cast.person()
    client = cast.client(priya)
    shelf.guide(priya, "Waste", body="Old")
    draft = f"/drafts/{shelf.draft(priya, 'Boats').id}"
    address = {"new": "/library/new", "draft": draft, "edit": "/library/waste/edit"}[place]
    form = {**filled(find_form(client.get(address).text)), "title": "Bins", "body": "Look:", "act": act}
    unsaid = client.post(address, data={**form, "picture": a_picture()}).text
    assert "Enter what the picture shows" in unsaid
    assert "Choose “map.png” again" in unsaid
    form = {**filled(find_form(unsaid)), "act": act, "picture_alt": "A map"}
    for _ in range(2):
        sent = client.post(address, data={**form, "picture": a_picture()})
        while sent.status_code == 307:
            sent = client.post(sent.location, data={**form, "picture": a_picture()})
        assert sent.status_code == 303, "pressed again it is led to what the first press made"
    page = client.get(sent.location).text
    assert "The picture is added at the end of the text" in page
    assert re.fullmatch(r"Look:\n\n!\[A map\]\(/files/[\w.]+\)\n", filled(find_form(page))["body"][0])


@pytest.mark.parametrize("again", ["draft", "preview", "publish", "picture"])
@pytest.mark.parametrize("first", ["picture", "preview", "draft"])
@pytest.mark.parametrize("place", ["new", "draft", "edit"])
def test_back_to_a_page_that_added_a_picture_both_texts_are_ones_own(
    cast: Cast, shelf: Shelf, place: str, first: str, again: str
) -> None:
    priya = cast.person()
    client = cast.client(priya)
    shelf.guide(priya, "Waste", body="Old")
    draft = f"/drafts/{shelf.draft(priya, 'Boats').id}"
    address = {"new": "/library/new", "draft": draft, "edit": "/library/waste/edit"}[place]
    form = {**filled(find_form(client.get(address).text)), "title": "Bins", "body": "Look:", "note": "A map"}

    def press(typed: dict[str, Any], act: str, *, chosen: bool) -> Any:
        more = {"picture_alt": "A map", "act": act} if chosen else {"act": act}
        at = address
        while True:
            sent = client.post(at, data={**typed, **more, **({"picture": a_picture()} if chosen else {})})
            if sent.status_code != 307:
                return sent
            at = sent.location

    assert press(form, first, chosen=True).status_code == 303
    back = press({**form, "body": "Look here:"}, again, chosen=again == "picture")
    assert back.status_code == 409
    assert "You added a picture from this page before" in back.text
    for wrong in ("You have sent this form before", "from somewhere else"):
        assert wrong not in back.text
    assert "Picture: A map" in back.text.partition('id="both"')[2].partition("</section>")[0]
    shown = filled(find_form(back.text))
    assert shown["body"] == ["Look here:"]
    address = find_form(back.text).get("action") or ""
    assert press(shown, "draft", chosen=False).status_code == 303
    assert filled(find_form(client.get(address).text))["body"] == ["Look here:"]


def test_a_picture_without_its_words_makes_no_empty_draft(app: Flask, cast: Cast) -> None:
    page = send(cast.client(cast.person()), "/library/new", act="preview", picture=a_picture()).text
    assert "Enter what the picture shows" in page
    with app.app_context():
        assert db.session.scalars(select(Guide.id)).all() == []


def test_nothing_is_published_without_the_picture_that_was_chosen(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    client = cast.client(priya)
    address = f"/drafts/{shelf.draft(priya, 'Bins').id}"
    for more in ({"picture_alt": "A map"}, {}):
        page = send(client, address, act="publish", body="Look:", picture=a_picture(), **more).text
        assert page.count("The picture “map.png” is not in the text yet. Choose it again, and press Add picture") == 2
        assert "Everything else is saved." in page
        assert "data-pictures open" in page
    assert filled(find_form(client.get(address).text))["body"] == ["Look:"]
    assert send(client, address, act="publish").location == "/library/bins"


def test_a_picture_that_cannot_be_added_loses_nothing(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    client, draft = cast.client(priya), shelf.draft(priya, "Bins", body="Begun")
    address = f"/drafts/{draft.id}"
    desk = filled(find_form(client.get(address).get_data(as_text=True)))
    given = {**desk, "act": "picture", "picture_alt": "A map", "body": "From the desk"}
    long = client.post(address, data={**given, "picture": a_picture(), "title": "x" * 151}).get_data(as_text=True)
    assert "Title must be 150 characters or fewer" in long
    assert filled(find_form(long))["title"] == ["x" * 151]
    send(client, address, act="draft", body="From the phone")
    both = client.post(address, data={**given, "picture": a_picture()})
    assert both.status_code == 409
    assert filled(find_form(both.get_data(as_text=True)))["body"] == ["From the desk"]
    # Back to a page that was sent before, and another picture from there.
    fresh = filled(find_form(client.get(address).get_data(as_text=True)))
    again = {**fresh, "act": "picture", "picture_alt": "One"}
    assert client.post(address, data={**again, "picture": a_picture()}).status_code == 303
    assert client.post(address, data={**again, "picture_alt": "Two", "picture": a_picture()}).status_code == 409
    with app.app_context(), transaction():
        db.session.add_all(ComposedPicture(name=f"{number}.png", guide_id=draft.id) for number in range(100))
    full = send(client, address, act="picture", picture=a_picture(), picture_alt="One more")
    assert "as many as one may have" in full.get_data(as_text=True)


def test_a_picture_of_an_edit_is_kept_with_it(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    client = cast.client(priya)
    shelf.guide(priya, "Bins", body="Old")
    sent = send(client, "/library/bins/edit", act="picture", picture=a_picture(), picture_alt="A map")
    assert sent.location == "/library/bins/edit#body"
    assert "![A map](/files/" in client.get("/library/bins/edit").get_data(as_text=True)
    assert "A map" not in client.get("/library/bins").get_data(as_text=True)


def test_pictures_that_no_text_names_are_swept(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    client = cast.client(priya)
    draft, gone = shelf.draft(priya, "Bins"), shelf.draft(priya, "Boats")
    shelf.guide(priya, "Waste", body="Old")
    named = [NAME.search(paste(client, f"/drafts/{draft.id}/pictures").get_json()["markdown"])[1] for _ in "ab"]  # type: ignore[index]
    paste(client, f"/drafts/{gone.id}/pictures")
    send(client, "/library/waste/edit", act="picture", picture=a_picture(), picture_alt="A map")
    send(client, f"/drafts/{draft.id}", act="draft", body=f"![A map](/files/{named[0]})")
    send(client, f"/drafts/{gone.id}/discard")

    def left() -> int:
        with app.app_context():
            with transaction():
                assert sweep_pictures() == ""
            return len(db.session.scalars(select(StoredFile.name)).all())

    assert left() == 3, "what a draft had goes with it"
    with app.app_context(), transaction():
        for row in db.session.scalars(select(ComposedPicture)):
            row.created_at = now() - SWEPT_AFTER - timedelta(hours=1)
    assert left() == 2
    assert client.get(f"/files/{named[0]}").status_code == 200
    assert client.get(f"/files/{named[1]}").status_code == 404
