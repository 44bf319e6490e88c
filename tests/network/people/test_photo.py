"""The photo of a profile: public, without a trace of where it was taken, gone when its owner says so."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from network.accounts.models import Account
from network.attachments.models import StoredFile
from network.core.db import db
from network.core.transaction import transaction
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast
from tests.support.pictures import HIDDEN, bomb, photograph, picture
from tests.support.sending import send


def upload(client: Any, data: bytes | None, filename: str = "me.jpg") -> Any:
    photo = (io.BytesIO(data), filename) if data is not None else None
    return send(client, "/settings/photo", photo=photo)


def address(client: Any) -> str:
    found = re.search(r'src="(/files/[^"]+)"', client.get("/people/priya-raman").get_data(as_text=True))
    return found.group(1) if found else ""


def test_a_photo_is_shown_to_everybody_without_its_secrets(app: Flask, cast: Cast) -> None:
    client = cast.client(cast.person())
    assert upload(client, photograph()).location == "/people/priya-raman"
    visitor = cast.client()
    answer = visitor.get(address(visitor))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/webp"
    assert HIDDEN not in answer.data
    assert address(visitor) in visitor.get("/people").get_data(as_text=True)


def test_its_owner_meets_it_at_the_top_of_every_page(cast: Cast) -> None:
    client = cast.client(cast.person())
    upload(client, photograph())
    shown = address(client)
    top = client.get("/library").get_data(as_text=True).partition("<main")[0]
    assert f'src="{shown}"' in top
    assert ">PR<" not in top
    assert shown not in cast.client(cast.person("Owen Pritchard")).get("/library").get_data(as_text=True)


def test_it_stands_beside_the_guides_that_its_owner_wrote(cast: Cast, shelf: Shelf) -> None:
    priya, owen = cast.person(), cast.person("Owen Pritchard")
    own = shelf.guide(priya, "Bins")
    helped = shelf.guide(owen, "Tins", co_author_ids=[priya])
    client = cast.client(priya)
    initials = client.get("/library").text
    upload(client, photograph())
    visitor = cast.client()
    shown = f'src="{address(visitor)}"'
    assert "PR</span>" in initials
    # The list, the head of the guide and its authors, one's own profile, and the authors of what one helped to write.
    pages = ("/library", f"/library/{own.slug}", "/people/priya-raman", f"/library/{helped.slug}")
    assert [visitor.get(page).text.partition("<main")[2].count(shown) for page in pages] == [1, 2, 2, 1]
    assert "PR</span>" not in visitor.get("/library").text


def test_another_photo_takes_its_place(app: Flask, cast: Cast) -> None:
    client = cast.client(cast.person())
    upload(client, photograph())
    first = address(client)
    upload(client, picture((300, 300)), "drawing.png")
    assert address(client) != first
    assert client.get(first).status_code == 404
    with app.app_context():
        assert len(db.session.scalars(select(StoredFile)).all()) == 1


def test_it_can_be_removed(cast: Cast) -> None:
    client = cast.client(cast.person())
    upload(client, photograph())
    shown = address(client)
    assert send(client, "/settings/photo", action="/settings/photo/remove").status_code == 303
    assert address(client) == ""
    assert client.get(shown).status_code == 404


def test_it_goes_with_the_account(app: Flask, cast: Cast) -> None:
    client = cast.client(cast.person())
    upload(client, photograph())
    shown = address(client)
    with app.app_context(), transaction():
        db.session.execute(update(Account).values(active=False))
    assert cast.client().get(shown).status_code == 404


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (None, "Select a photo"),
        (b"", "must be a JPEG, PNG, WebP or GIF picture"),
        (b"<svg/>", "must be a JPEG, PNG, WebP or GIF picture"),
        (bomb(9000, 9000), "25 million pixels or fewer"),
        (b"\xff\xd8\xff" + b"\0" * (5 * 1024 * 1024), "must be smaller than 5 MB"),
    ],
)
def test_what_is_no_photo_is_refused_beside_the_field(cast: Cast, data: bytes | None, message: str) -> None:
    client = cast.client(cast.person())
    page = upload(client, data)
    assert page.status_code == 200
    # In the summary and beside the field, and not in an attribute for scripts.
    assert re.sub(r'data-too-large="[^"]*"', "", page.get_data(as_text=True)).count(message) == 2
    assert address(client) == ""
