"""Saving a search: from the page, under a name, changed and deleted, by its owner alone."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from network.core.db import db
from network.core.transaction import transaction
from network.discovery.saved import actions
from network.discovery.saved.criteria import LONGEST_ADDRESS, Criteria
from network.discovery.saved.models import MOST, SavedSearch
from network.discovery.saved.views.keeping import MOST_NAMED
from tests.support.cast import Cast
from tests.support.sending import send, token

PAGE = "/saved/searches/new?q=damp+letter&in=guide&topic=open-data&sort=newest"


@pytest.fixture
def priya(cast: Cast) -> int:
    """Somebody with a browser."""
    return cast.person("Priya Raman")


def rows(app: Flask) -> list[SavedSearch]:
    with app.app_context():
        return list(db.session.query(SavedSearch).order_by(SavedSearch.id))


def test_a_search_is_saved_with_all_that_its_address_says(app: Flask, cast: Cast, priya: int) -> None:
    cast.topic("open-data", "Open data")
    client = cast.client(priya)
    sent = send(client, PAGE, name="Letters about damp")
    assert sent.location == "/saved/searches"
    row = rows(app)[0]
    assert (row.name, row.text, row.subject, row.filters, row.sort) == (
        "Letters about damp",
        "damp letter",
        "guide",
        {"topic": ["open-data"]},
        "newest",
    )
    assert row.alerts == "weekly", "quiet by default"
    page = client.get("/saved/searches").get_data(as_text=True)
    assert "Letters about damp" in page
    assert "“damp letter”, Guides, Open data" in page
    assert "/search?q=damp+letter&amp;in=guide&amp;topic=open-data&amp;sort=newest" in page


def test_the_same_search_is_not_saved_twice(app: Flask, cast: Cast, priya: int) -> None:
    client = cast.client(priya)
    send(client, "/saved/searches/new?q=Damp", name="Damp")
    again = client.get("/saved/searches/new?q=damp&page=3")
    assert again.location == f"/saved/searches/{rows(app)[0].id}"


def test_without_words_and_filters_there_is_nothing_to_save(cast: Cast, priya: int) -> None:
    assert cast.client(priya).get("/saved/searches/new?page=2").location == "/search"


def test_a_name_is_asked_for_beside_its_field(cast: Cast, priya: int) -> None:
    page = send(cast.client(priya), PAGE, name=" ").get_data(as_text=True)
    assert "Enter a name" in page


def test_the_fifty_first_is_refused_with_the_limit_named(app: Flask, cast: Cast, priya: int) -> None:
    with app.app_context():
        viewer = cast.viewer(priya)
        with transaction():
            for number in range(MOST):
                actions.save(viewer=viewer, name=f"Search {number}", criteria=Criteria(text=f"word{number}"))
    refused = send(cast.client(priya), PAGE)
    assert refused.status_code == 403
    assert "You can keep 50 saved searches" in refused.get_data(as_text=True)


def test_name_and_alerts_are_changed_and_it_is_deleted_after_asking(app: Flask, cast: Cast, priya: int) -> None:
    client = cast.client(priya)
    send(client, PAGE)
    own = f"/saved/searches/{rows(app)[0].id}"
    send(client, own, name="Other", alerts="daily")
    row = rows(app)[0]
    assert (row.name, row.alerts) == ("Other", "daily")
    assert row.next_at is not None
    send(client, own, alerts="none")
    assert rows(app)[0].next_at is None
    assert "Delete “Other”?" in client.get(own + "/delete").get_data(as_text=True)
    assert rows(app), "asking deletes nothing"
    send(client, own + "/delete")
    assert rows(app) == []


@pytest.mark.parametrize(
    ("method", "end"), [("get", ""), ("post", ""), ("get", "/delete"), ("post", "/delete"), ("post", "/new-feed")]
)
def test_nobody_reaches_the_saved_search_of_somebody_else(
    app: Flask, cast: Cast, priya: int, method: str, end: str
) -> None:
    send(cast.client(priya), PAGE)
    row = rows(app)[0]
    secret = row.feed_secret
    for other in (cast.person("Owen Pritchard"), cast.person("Nadia Hussain", role="administrator")):
        client = cast.client(other)
        data: dict[str, Any] = {"data": {"csrf_token": token(client, "/settings/profile")}} if method == "post" else {}
        assert getattr(client, method)(f"/saved/searches/{row.id}{end}", **data).status_code == 404
    assert rows(app)[0].feed_secret == secret


def test_one_press_on_a_failed_search_tells_at_once(app: Flask, cast: Cast, priya: int) -> None:
    client = cast.client(priya)
    sent = send(client, "/search?q=unobtainium", action="/saved/searches/tell")
    assert sent.location == "/search?q=unobtainium"
    row = rows(app)[0]
    assert (row.text, row.alerts) == ("unobtainium", "at-once")
    send(client, "/search?q=Unobtainium", action="/saved/searches/tell")
    assert len(rows(app)) == 1


def test_a_visitor_is_led_through_sign_in_to_the_same_choice(client: Any) -> None:
    page = client.get("/search?q=unobtainium+form").get_data(as_text=True)
    assert 'href="/saved/searches/new?alerts=at-once&amp;q=unobtainium%20form"' in page
    there = client.get("/saved/searches/new?alerts=at-once&q=unobtainium+form")
    assert there.location.startswith("/sign-in?next=/saved/searches/new")


def test_a_topic_is_followed_and_no_longer(app: Flask, cast: Cast, priya: int) -> None:
    cast.topic("open-data", "Open data")
    client = cast.client(priya)
    send(client, "/topics/open-data", action="/topics/open-data/follow")
    row = rows(app)[0]
    assert (row.name, row.alerts) == ("Open data", "weekly")
    page = client.get("/topics/open-data").get_data(as_text=True)
    assert "You follow this topic" in page
    assert "Topic: Open data" in client.get("/saved/searches").get_data(as_text=True)
    assert cast.client().get("/topics/open-data").get_data(as_text=True).count("/topics/open-data/follow") == 0
    client.post("/topics/open-data/follow", data={"csrf_token": token(client, "/topics/open-data")})
    assert len(rows(app)) == 1
    send(client, "/topics/open-data", action="/topics/open-data/unfollow")
    assert rows(app) == []


@pytest.mark.parametrize("text", ["damp", "\U0001f600" * 500])
def test_no_more_filters_are_kept_than_an_address_has_room_for(app: Flask, cast: Cast, priya: int, text: str) -> None:
    client = cast.client(priya)
    filters = {name: [f"{number}".rjust(90, "\u00e9") for number in range(20)] for name in ("topic", "group", "author")}
    key = token(client, "/groups/new")
    sent = client.post("/saved/searches/tell", data={"q": text, **filters, "csrf_token": key})
    assert sent.status_code == 303
    assert len(sent.location) <= LONGEST_ADDRESS
    (row,) = rows(app)
    kept = sum(map(len, row.filters.values()))
    assert 0 < kept < 60
    page = client.get(sent.location).get_data(as_text=True)
    assert "too many filters for one search" in page
    assert f"and {60 - kept - MOST_NAMED} more" in page
    asks = client.get("/saved/searches/new", query_string={"q": "other", **filters}).get_data(as_text=True)
    assert "too many filters for one search" in asks
    assert "too many" not in client.get("/saved/searches/new?q=other&topic=x").get_data(as_text=True)


def test_an_odd_address_is_offered_for_saving_as_it_was_read(client: Any) -> None:
    page = client.get("/search", environ_overrides={"QUERY_STRING": "q=damp%ff&x=%01"}).get_data(as_text=True)
    assert "/saved/searches/new?q=damp" in page or "/saved/searches/new?alerts=at-once" in page
