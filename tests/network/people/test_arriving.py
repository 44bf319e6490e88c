"""A work address later: the organisation is there at once, and what was said and written before is its own."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from network.core.db import db
from network.core.transaction import transaction
from network.core.worker import drain
from network.library.actions import rows
from network.library.adoptions import actions as uses
from network.library.adoptions.models import Adoption, AdoptionReporter
from network.library.models import Guide
from network.library.rules import Owner
from tests.network.library.shelf import Shelf
from tests.support.cast import PASSWORD, Cast
from tests.support.mails import link_in, mails
from tests.support.sending import send


@pytest.fixture
def lone(cast: Cast) -> int:
    """Somebody who joined with an address of their own."""
    cast.organisation("harrowdale")
    cast.organisation("northmere")
    return cast.person("Lone Wolf", email="lone@nowhere.example", job_title="Housing officer")


def move(app: Flask, cast: Cast, person: int, email: str) -> Any:
    """They change to another address; gives their browser."""
    client = cast.client(person)
    send(client, "/settings/email", email=email, current=PASSWORD)
    assert send(client, link_in(mails(app)[-1])).location == "/settings"
    return client


def adoptions(app: Flask) -> dict[str, tuple[str, str, set[int]]]:
    """Of each organisation, or of whom who has none: result, text and reporters."""
    with app.app_context():
        found = db.session.scalars(select(Adoption)).all()
        reporters = db.session.execute(select(AdoptionReporter.adoption_id, AdoptionReporter.person_id)).all()
        return {
            one.organisation_name: (one.result, one.text, {person for number, person in reporters if number == one.id})
            for one in found
        }


def test_the_page_that_follows_says_the_new_organisation(app: Flask, cast: Cast, lone: int) -> None:
    client = cast.client(lone)
    assert "Not confirmed" in client.get("/settings").text
    send(client, "/settings/email", email="lone@harrowdale.example", current=PASSWORD)
    path = link_in(mails(app)[-1])
    send(client, path)  # No worker has come round.
    page = client.get("/settings").text
    assert "Harrowdale Council" in page
    assert "Not confirmed" not in page


def test_what_they_use_counts_from_then_on(app: Flask, cast: Cast, shelf: Shelf, lone: int) -> None:
    guide = shelf.guide(cast.person("Owen Pritchard", email="owen@northmere.example"), "Bins")
    address = f"/library/{guide.slug}"
    client = cast.client(lone)
    send(client, address, action=f"{address}/use")
    assert "Not counted" in cast.client().get(address).text
    client = move(app, cast, lone, "lone@harrowdale.example")
    while drain(app):
        pass
    page = cast.client().get(address).text
    assert "Not counted" not in page
    assert "Harrowdale Council" in page
    with app.app_context():
        assert db.session.get_one(Guide, guide.id).use_count == 1


def test_it_joins_what_colleagues_said(app: Flask, cast: Cast, shelf: Shelf, lone: int) -> None:
    guide = shelf.guide(cast.person("Owen Pritchard", email="owen@northmere.example"), "Bins")
    priya = cast.person()
    for person in (lone, priya):
        viewer = cast.viewer(person)
        with app.app_context(), transaction():
            uses.use(viewer=viewer, guide_id=guide.id)
    move(app, cast, lone, "lone@harrowdale.example")
    while drain(app):
        pass
    assert adoptions(app) == {"Harrowdale Council": ("", "", {lone, priya})}


@pytest.mark.parametrize("whose", ["theirs", "colleagues"])
def test_what_has_stopped_stays_as_it_is(app: Flask, cast: Cast, shelf: Shelf, lone: int, whose: str) -> None:
    guide = shelf.guide(cast.person("Owen Pritchard", email="owen@northmere.example"), "Bins")
    priya = cast.person()
    for person in (lone, priya):
        viewer = cast.viewer(person)
        with app.app_context(), transaction():
            adoption = uses.use(viewer=viewer, guide_id=guide.id).id
        if (person == lone) == (whose == "theirs"):
            with app.app_context(), transaction():
                uses.stop(viewer=viewer, adoption_id=adoption)
    before = adoptions(app)
    move(app, cast, lone, "lone@harrowdale.example")
    while drain(app):
        pass
    assert adoptions(app) == before


def test_what_they_wrote_says_where_it_was_written(app: Flask, cast: Cast, shelf: Shelf, lone: int) -> None:
    guide, other = shelf.guide(lone, "Bins"), shelf.guide(cast.person("Ned", email="ned@nowhere.example"), "Tins")
    assert _byline(cast, guide) == "Housing officer"
    move(app, cast, lone, "lone@harrowdale.example")
    while drain(app):
        pass
    assert _byline(cast, guide) == "Housing officer, Harrowdale Council"
    with app.app_context():
        assert db.session.get_one(Guide, other.id).organisation_id is None
    # It keeps that organisation when they go on to another.
    move(app, cast, lone, "lone@northmere.example")
    while drain(app):
        pass
    assert _byline(cast, guide) == "Housing officer, Harrowdale Council"


def test_a_later_owner_is_named_with_their_own_organisation(app: Flask, cast: Cast, shelf: Shelf, lone: int) -> None:
    priya = cast.person("Priya Raman", email="priya@northmere.example", job_title="Data lead")
    for writer, organisation in ((lone, ""), (priya, ", Northmere Council")):
        guide = shelf.guide(writer, "Bins")
        owen = cast.person("Owen Pritchard", job_title="Geographic systems lead")
        job = {lone: "Housing officer", priya: "Data lead"}[writer]
        assert _byline(cast, guide) == job + organisation
        with app.app_context(), transaction():
            _give(guide.id, owen)
        assert _byline(cast, guide) == "Geographic systems lead, Harrowdale Council"


def _give(guide_id: int, person_id: int) -> None:
    rows.give(rows.guide_to_change(guide_id), Owner("person", person_id))


def _byline(cast: Cast, guide: Guide) -> str:
    page = cast.client().get(f"/library/{guide.slug}").text
    return page.split('cp-by__sub">', 1)[1].partition("<")[0]
