"""Beginning, filling, ordering and ending a collection, with forms alone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from network.audit.models import AuditEntry
from network.core.db import db
from network.core.transaction import transaction
from network.core.worker import drain
from network.library.actions import ending
from network.library.collections import actions
from network.library.models import Guide
from network.subjects.rules import NotAllowed
from tests.network.library.collections.conftest import Curator
from tests.support.cast import Cast
from tests.support.queries import count_queries
from tests.support.sending import send, token


def text(response: Any) -> str:
    return str(response.get_data(as_text=True))


def titles(client: Any, address: str = "/collections/first-steps") -> list[str]:
    return re.findall(r"<h2 class=\"cp-row__title\"><a [^>]*>\d+\. ([^<]+)</a>", text(client.get(address)))


def count(app: Flask, guide: Guide) -> int:
    with app.app_context():
        return db.session.scalars(select(Guide.link_count).where(Guide.id == guide.id)).one()


def test_from_a_guide_into_a_new_collection_and_from_there_to_more(app: Flask, cast: Cast, curator: Curator) -> None:
    priya = cast.person()
    bins = curator.shelf.guide(priya, "Bins")
    curator.shelf.guide(priya, "Waste in winter")
    client = cast.client(priya)
    assert 'href="/library/bins/collect"' in text(client.get("/library/bins"))
    begin = client.get("/library/bins/collect").location
    assert begin == "/collections/new?add=/library/bins"
    assert "Enter a purpose" in text(send(client, begin, title="First steps"))
    made = send(client, begin, title="First steps", purpose="Where to start")
    assert made.location == "/collections/first-steps"
    assert titles(client) == ["Bins"]
    found = text(client.get("/collections/first-steps?find=winter"))
    assert "Waste in winter" in found
    assert "We found no guide" in text(client.get("/collections/first-steps?find=/library/no-such-guide"))
    note = send(
        client, "/collections/first-steps?find=/library/waste-in-winter", action="/collections/first-steps/items"
    )
    assert "Note must be 300 characters or fewer" in text(send(client, note.location, note="x" * 301))
    send(client, note.location, note="Read this <b>first</b>")
    page = text(cast.client().get("/collections/first-steps"))
    assert "Read this &lt;b&gt;first&lt;/b&gt;" in page
    assert "2 things to read" in page
    assert '<form method="post"' not in page
    assert ">First steps</a>" in text(cast.client().get("/library/bins"))
    assert count(app, bins) == 1


def test_order_is_changed_by_buttons_and_what_is_out_can_come_back(app: Flask, cast: Cast, curator: Curator) -> None:
    priya = cast.person()
    collection = curator.begin(priya)
    guides = [curator.shelf.guide(priya, title) for title in ("One", "Two", "Three")]
    for guide in guides:
        curator.add(priya, collection, guide)
        curator.add(priya, collection, guide)  # Twice is once.
    client = cast.client(priya)
    send(client, "/collections/first-steps", action="/collections/first-steps/items/3/move", direction="up")
    assert titles(client) == ["One", "Three", "Two"]
    send(client, "/collections/first-steps", action="/collections/first-steps/items/1/move", direction="down")
    assert titles(client) == ["Three", "One", "Two"]
    client.post(
        "/collections/first-steps/items/3/move",
        data={"direction": "up", "csrf_token": token(client, "/collections/first-steps")},
    )
    assert titles(client) == ["Three", "One", "Two"], "the first one stays"
    send(client, "/collections/first-steps", action="/collections/first-steps/items/1/remove")
    assert titles(client) == ["Three", "Two"]
    assert count(app, guides[0]) == 0
    curator.add(priya, collection, guides[0])
    assert titles(client) == ["Three", "Two", "One"]


def test_those_who_keep_it_together_see_who_did_what_and_lose_no_words(
    app: Flask, cast: Cast, curator: Curator
) -> None:
    priya, owen = cast.person(), cast.person("Owen Pritchard")
    group = cast.group(facilitators=(priya,), members=(owen,))
    collection = curator.begin(priya, group_id=group)
    curator.add(owen, collection, curator.shelf.guide(priya, "Bins"))
    mine, theirs = cast.client(priya), cast.client(owen)
    late = text(mine.get("/collections/first-steps/edit"))
    base = re.search(r'name="base" value="([^"]+)"', late)
    assert base
    send(theirs, "/collections/first-steps/edit", purpose="For the night shift")
    conflict = mine.post(
        "/collections/first-steps/edit",
        data={
            "base": base[1],
            "title": "First steps",
            "purpose": "For winter",
            "csrf_token": token(mine, "/collections/first-steps"),
        },
    )
    assert conflict.status_code == 409
    assert "night shift" in text(conflict)
    assert "For winter" in text(conflict)
    history = text(mine.get("/collections/first-steps/history"))
    for words in ("Owen Pritchard</a> added", "changed its title or purpose", "Priya Raman</a> started the collection"):
        assert words in history
    assert theirs.get("/collections/first-steps/delete").status_code == 403
    assert cast.client(cast.person("Tom Adeyemi")).get("/collections/first-steps/history").status_code == 403
    assert send(mine, "/collections/first-steps/delete").location == "/collections"
    assert mine.get("/collections/first-steps").status_code == 404
    assert "First steps" not in text(mine.get("/library/bins"))
    with app.app_context():
        assert db.session.scalar(select(AuditEntry.act).order_by(AuditEntry.id.desc())) == "collection.take_away"


def test_others_change_nothing(cast: Cast, curator: Curator) -> None:
    priya, tom = cast.person(), cast.person("Tom Adeyemi")
    collection = curator.begin(priya)
    curator.add(priya, collection, curator.shelf.guide(priya, "Bins"))
    curator.begin(tom, "Another")
    other = cast.client(tom)
    sent = {"csrf_token": token(other, "/collections/another/edit"), "direction": "up", "path": "/library/bins"}
    for path in ("edit", "items/1", "items/1/move", "items/1/remove", "items", "delete"):
        assert other.post(f"/collections/first-steps/{path}", data=sent).status_code == 403, path
    assert other.post("/collections/another/items/1/remove", data=sent).status_code == 403
    assert titles(other) == ["Bins"]
    viewer = cast.viewer(tom)
    with curator.app.app_context(), transaction():
        with pytest.raises(NotAllowed):
            actions.take_out(viewer=viewer, collection_id=collection.id, item_id=1)
        with pytest.raises(NotAllowed):
            actions.take_away(viewer=viewer, collection_id=collection.id)


def test_a_moderator_hides_one_with_a_reason_that_stays(cast: Cast, curator: Curator) -> None:
    priya, fatima = cast.person(), cast.person("Fatima Siddiqui", role="moderator")
    curator.add(priya, curator.begin(priya), curator.shelf.guide(priya, "Bins"))
    assert "Enter why it is hidden" in text(send(cast.client(fatima), "/collections/first-steps/hide"))
    send(cast.client(fatima), "/collections/first-steps/hide", reason="It names a tenant")
    for client in (cast.client(), cast.client(priya)):
        gone = client.get("/collections/first-steps")
        assert gone.status_code == 410
        assert "It names a tenant" in text(gone)
        assert "First steps" not in text(client.get("/collections")) + text(client.get("/library/bins"))


def test_what_is_withdrawn_keeps_its_place_and_says_what_replaces_it(app: Flask, cast: Cast, curator: Curator) -> None:
    priya, tom = cast.person(), cast.person("Tom Adeyemi")
    closed = cast.group("closed", closed=True, facilitators=(priya,))
    collection = curator.begin(priya)
    bins, waste, secret, inside = (
        curator.shelf.guide(priya, title, group_id=group)
        for title, group in (("Bins", None), ("Waste", None), ("Zebrafinch", closed), ("Quillfeather", closed))
    )
    for guide in (bins, secret, waste):
        curator.add(priya, collection, guide)
    viewer = cast.viewer(priya)
    with app.app_context(), transaction():
        ending.withdraw(viewer=viewer, guide_id=bins.id, reason="Old", successor_id=inside.id)
        ending.withdraw(viewer=viewer, guide_id=secret.id, reason="Old")
    assert titles(cast.client(priya)) == ["Bins", "Zebrafinch", "Waste"]
    for client in (cast.client(), cast.client(tom)):
        assert titles(client) == ["Bins", "Waste"]
        page = text(client.get("/collections/first-steps"))
        assert "This guide was withdrawn." in page
        assert "1 thing to read" in page
        assert "with its guide." in page, "a pack holds what can be read"
        assert "Zebrafinch" not in page
        assert "Quillfeather" not in page
    assert "It is replaced by" in text(cast.client(priya).get("/collections/first-steps"))


def test_the_pages_cost_few_queries(app: Flask, cast: Cast, curator: Curator) -> None:
    priya = cast.person()
    collection = curator.begin(priya)
    for number in range(5):
        curator.begin(priya, f"List {number}")
        curator.add(priya, collection, curator.shelf.guide(priya, f"Guide {number}"), "Why")
    client = cast.client()
    for address, most in (("/collections", 2), ("/collections/first-steps", 3), ("/library/guide-1", 5)):
        client.get(address)
        with count_queries(app) as queries:
            client.get(address)
        assert len(queries) <= most, (address, queries.statements)


def test_the_page_that_closes_a_group_names_its_collections(cast: Cast, curator: Curator) -> None:
    priya = cast.person()
    group = cast.group("planning", facilitators=(priya,))
    curator.begin(priya, "Ours", group)
    curator.begin(priya, "Mine")
    page = text(cast.client(priya).get("/groups/planning/close"))
    assert "1 collection will be for members only" in page
    assert ">Ours</a>" in page
    assert ">Mine</a>" not in page


def test_what_is_misspelt_is_found_to_add(app: Flask, cast: Cast, curator: Curator) -> None:
    priya = cast.person()
    curator.begin(priya)
    curator.shelf.guide(priya, "Moving a planning register to open data")
    while drain(app):
        pass
    page = text(cast.client(priya).get("/collections/first-steps?find=planing+register"))
    assert "Moving a planning register to open data" in page
    assert "We found no guide" not in page
