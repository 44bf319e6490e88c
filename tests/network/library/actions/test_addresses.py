"""Addresses of guides: made of the title, and silent about what is in closed groups."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from network.core.db import db
from network.core.transaction import transaction
from network.library.actions.addresses import CHANCE
from network.library.actions.editing import edit
from network.library.actions.publishing import publish_draft
from network.library.models import Guide
from tests.network.library.shelf import Shelf, content
from tests.support.cast import Cast

TITLE = "Damp and mould"


@pytest.fixture
def closed(cast: Cast) -> int:
    return cast.group("case-conference", closed=True, members=(cast.person(),))


def retitle(shelf: Shelf, guide: Guide, title: str, person: int) -> Guide:
    with shelf.app.app_context():
        viewer, words = shelf.viewer(person), content(title)
        with transaction():
            return edit(viewer=viewer, guide_id=guide.id, content=words)


def test_a_public_title_never_meets_a_closed_guide(cast: Cast, closed: int) -> None:
    shelf, priya, owen = Shelf(cast), cast.person(), cast.person("Owen Pritchard")
    hidden = shelf.guide(priya, TITLE, group_id=closed)
    assert hidden.slug
    assert hidden.slug.startswith("damp-and-mould-")
    assert CHANCE.fullmatch(hidden.slug.removeprefix("damp-and-mould-"))
    assert shelf.guide(owen, TITLE).slug == "damp-and-mould"
    assert shelf.guide(owen, TITLE).slug == "damp-and-mould-2"
    other = shelf.guide(priya, TITLE, group_id=closed)
    assert other.slug not in (hidden.slug, "damp-and-mould-3")


def test_nor_a_title_that_a_closed_guide_had(cast: Cast, closed: int) -> None:
    shelf, priya, owen = Shelf(cast), cast.person(), cast.person("Owen Pritchard")
    retitle(shelf, shelf.guide(priya, TITLE, group_id=closed), "Dry homes", priya)
    assert [shelf.guide(owen, title).slug for title in (TITLE, "Dry homes")] == ["damp-and-mould", "dry-homes"]


def test_its_address_stays_and_former_ones_lead_on(app: Flask, cast: Cast, closed: int, client: Any) -> None:
    shelf, priya = Shelf(cast), cast.person()
    first = shelf.guide(priya, TITLE, group_id=closed)
    assert retitle(shelf, first, TITLE, priya).slug == first.slug
    second = retitle(shelf, first, "Dry homes", priya)
    member = cast.client(priya)
    led = member.get(f"/library/{first.slug}")
    assert (led.status_code, led.location) == (301, f"/library/{second.slug}")
    assert client.get(f"/library/{first.slug}").status_code == 404
    back = retitle(shelf, first, TITLE, priya)
    assert back.slug == first.slug
    with app.app_context():
        assert db.session.get_one(Guide, first.id).slug == first.slug


def test_long_titles_fit(cast: Cast, closed: int) -> None:
    slug = Shelf(cast).guide(cast.person(), "word " * 29, group_id=closed).slug
    assert slug
    assert len(slug) <= 80


def test_a_title_that_ends_like_chance_is_a_title_of_its_own(cast: Cast) -> None:
    shelf, priya = Shelf(cast), cast.person()
    guide = shelf.guide(priya, "Room barbar")
    assert retitle(shelf, guide, "Room", priya).slug == "room"


def test_a_draft_gives_its_address_to_whoever_publishes_first(app: Flask, cast: Cast) -> None:
    shelf, priya, owen = Shelf(cast), cast.person(), cast.person("Owen Pritchard")
    draft = shelf.draft(priya, TITLE)
    with app.app_context(), transaction():
        db.session.get_one(Guide, draft.id).slug = "damp-and-mould"
    assert shelf.guide(owen, TITLE).slug == "damp-and-mould"
    with app.app_context():
        viewer = shelf.viewer(priya)
        with transaction():
            assert publish_draft(viewer=viewer, guide_id=draft.id).slug == "damp-and-mould-2"
