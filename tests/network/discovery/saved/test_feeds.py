"""Feeds of saved searches: only at their address, only what everybody may read, gone with a new address."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

import pytest
from sqlalchemy import delete, update

from network.accounts.models import Account
from network.core.db import db
from network.core.transaction import transaction
from network.discovery.saved.actions import forget
from network.discovery.saved.feeds import feed_address
from network.discovery.saved.models import KnownHit, SavedSearch
from network.discovery.saved.queries import my_search
from network.library.actions.ending import withdraw
from network.people.models import Person
from tests.network.discovery.saved.conftest import Keeper
from tests.support.sending import send

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def priya(keeper: Keeper) -> int:
    """Who keeps the search and is in the closed group."""
    return keeper.cast.person("Priya Raman")


@pytest.fixture
def owen(keeper: Keeper) -> int:
    """Who writes."""
    return keeper.cast.person("Owen Pritchard")


def path(keeper: Keeper, person: int, saved: int, form: str = "atom") -> str:
    viewer = keeper.cast.viewer(person)
    with keeper.app.app_context():
        found = my_search(viewer, saved)
        assert found is not None
        return feed_address(found, form).removeprefix("http://localhost")


def titles(client: Any, address: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    assert response.mimetype == "application/atom+xml"
    feed = ElementTree.fromstring(response.get_data(as_text=True))
    return [entry.findtext(f"{ATOM}title") or "" for entry in feed.iter(f"{ATOM}entry")]


def test_both_forms_hold_what_everybody_may_read_and_nothing_of_closed_groups(
    keeper: Keeper, priya: int, owen: int
) -> None:
    closed = keeper.cast.group("cases", closed=True, facilitators=(owen,), members=(priya,))
    keeper.shelf.guide(owen, "Damp & <mould>")
    keeper.shelf.guide(owen, "Damp in confidence", group_id=closed)
    keeper.shelf.draft(owen, "Damp draft")
    saved = keeper.save(priya, "damp")
    visitor = keeper.cast.client()
    assert titles(visitor, path(keeper, priya, saved)) == ["Damp & <mould>"]
    answer = visitor.get(path(keeper, priya, saved, "json"))
    assert answer.mimetype == "application/feed+json"
    feed = json.loads(answer.get_data(as_text=True))
    assert [item["title"] for item in feed["items"]] == ["Damp & <mould>"]
    assert feed["items"][0]["url"].startswith("http://localhost/library/damp-mould")
    assert "confidence" not in json.dumps(feed)


def test_nothing_new_costs_a_few_bytes(keeper: Keeper, priya: int, owen: int) -> None:
    keeper.shelf.guide(owen, "Damp")
    address = path(keeper, priya, keeper.save(priya, "damp"))
    tag = keeper.cast.client().get(address).headers["ETag"]
    again = keeper.cast.client().get(address, headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.get_data() == b""


def test_a_new_address_ends_the_old_one(keeper: Keeper, priya: int, owen: int) -> None:
    keeper.shelf.guide(owen, "Damp")
    saved = keeper.save(priya, "damp")
    old, visitor = path(keeper, priya, saved), keeper.cast.client()
    assert titles(visitor, old) == ["Damp"]
    send(keeper.cast.client(priya), f"/saved/searches/{saved}", action=f"/saved/searches/{saved}/new-feed")
    assert visitor.get(old).status_code == 404
    assert titles(visitor, path(keeper, priya, saved)) == ["Damp"]


def test_the_address_of_a_deleted_search_never_opens_one_that_got_its_id(keeper: Keeper, priya: int, owen: int) -> None:
    keeper.shelf.guide(owen, "Damp")
    saved = keeper.save(owen, "mould")
    old = path(keeper, owen, saved)
    viewer = keeper.cast.viewer(owen)
    with keeper.app.app_context(), transaction():
        forget(viewer=viewer, saved_id=saved)
    again = keeper.save(priya, "damp")
    with keeper.app.app_context(), transaction() as session:
        session.execute(delete(KnownHit).where(KnownHit.saved_search_id == again))
        session.execute(update(SavedSearch).where(SavedSearch.id == again).values(id=saved))  # As SQLite does itself.
    visitor = keeper.cast.client()
    assert titles(visitor, path(keeper, priya, saved)) == ["Damp"]
    assert visitor.get(old).status_code == 404


def test_addresses_that_we_did_not_make_and_those_of_the_deactivated_lead_nowhere(
    keeper: Keeper, priya: int, owen: int
) -> None:
    guide = keeper.shelf.guide(owen, "Damp")
    address, visitor = path(keeper, priya, keeper.save(priya, "damp")), keeper.cast.client()
    for wrong in (address.replace("/feeds/", "/feeds/x"), "/saved/searches/feeds/1/feed.atom"):
        assert visitor.get(wrong).status_code == 404
    viewer = keeper.cast.viewer(owen)
    with keeper.app.app_context(), transaction():
        withdraw(viewer=viewer, guide_id=guide.id, reason="Wrong")
    assert titles(visitor, address) == [], "checked against the database, before the index knows"
    with keeper.app.app_context(), transaction():
        account = db.session.get_one(Person, priya).account_id
        db.session.execute(update(Account).where(Account.id == account).values(active=False))
    assert visitor.get(address).status_code == 404


def test_no_letter_of_a_guide_breaks_a_feed(keeper: Keeper, priya: int, owen: int) -> None:
    keeper.shelf.guide(owen, "Damp \ufffe", summary="How \uffff damp")
    feed = keeper.cast.client().get(path(keeper, priya, keeper.save(priya, "damp"))).get_data(as_text=True)
    assert "<title>Damp" in feed
    assert not set(feed) & set("\ufffe\uffff")
