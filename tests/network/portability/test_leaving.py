"""The page that says how to leave: there for everybody, and saying only what is so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from network.portability.kept import keep_fresh
from tests.network.library.shelf import Shelf
from tests.support.app import make_app
from tests.support.cast import Cast


@pytest.fixture
def written(app: Flask, cast: Cast, shelf: Shelf) -> Cast:
    """A network whose open library, of one guide, has been written out."""
    shelf.guide(cast.person("Owen Pritchard"), "Damp")
    with app.app_context():
        keep_fresh()
    return cast


def test_the_day_of_the_newest_archive_stands_on_the_page(written: Cast, client: Any) -> None:
    page = client.get("/leaving").get_data(as_text=True)
    assert re.search(r"holds one guide and was written on\s*<time datetime=", page)
    assert 'href="/sign-in?next=/library/export"' in page


def test_every_way_out_that_it_names_is_there_for_members(written: Cast) -> None:
    client = written.client(written.person())
    main = client.get("/leaving").get_data(as_text=True).partition("<main")[2].partition("</main>")[0]
    addresses = {address.partition("#")[0] for address in re.findall(r'href="([^"]+)"', main)}
    assert {"/library/export", "/packs/new", "/feeds", "/library/import", "/about"} <= addresses
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


def test_behind_a_closed_door_nothing_of_the_library_is_told(tmp_path: Path) -> None:
    app = make_app(tmp_path, OPEN_READING="no", JOIN_DOMAINS="council.example")
    cast = Cast(app)
    Shelf(cast).guide(cast.person(), "Damp")
    with app.app_context():
        keep_fresh()
    page = app.test_client().get("/leaving")
    assert page.status_code == 200
    assert "was written on" not in page.get_data(as_text=True)
    assert "was written on" in cast.client(cast.person()).get("/leaving").get_data(as_text=True)
