"""Recent searches: one's own, the last twenty, clearable, never on a shared computer, in nobody's way."""

from __future__ import annotations

import time
from typing import Any

import pytest
from flask import Flask, session

from network.core.transaction import transaction
from network.discovery.recent.actions import keep
from network.discovery.recent.models import MOST
from network.discovery.recent.queries import recent
from tests.support.cast import Cast
from tests.support.queries import count_queries
from tests.support.sending import send


@pytest.fixture
def priya(cast: Cast) -> int:
    """Who searches."""
    return cast.person("Priya Raman")


def search(client: Any, text: str) -> None:
    """What is kept is kept when the page has been sent."""
    client.get("/search", query_string={"q": text}).close()


def texts(app: Flask, cast: Cast, person: int | None, prefix: str = "") -> list[str]:
    viewer = cast.viewer(person)
    with app.app_context():
        return recent(viewer, prefix)


def test_the_newest_stands_first_and_once(app: Flask, cast: Cast, priya: int) -> None:
    client = cast.client(priya)
    for text in ("damp", "open data", "Damp"):
        search(client, text)
    assert texts(app, cast, priya) == ["Damp", "open data"]
    page = client.get("/search").get_data(as_text=True)
    assert 'href="/search?q=open%20data"' in page


def test_nobody_else_sees_them(app: Flask, cast: Cast, priya: int) -> None:
    search(cast.client(priya), "damp")
    search(cast.client(), "seen by a visitor")
    owen = cast.person("Owen Pritchard", role="administrator")
    assert texts(app, cast, owen) == []
    assert texts(app, cast, None) == []
    assert "damp" not in cast.client(owen).get("/search").get_data(as_text=True)
    assert "Your recent searches" not in cast.client().get("/search").get_data(as_text=True)


def test_only_the_last_twenty_are_kept(app: Flask, cast: Cast, priya: int) -> None:
    with app.app_context():
        for number in range(MOST + 5):
            with transaction():
                keep(priya, f"search {number}")
    assert texts(app, cast, priya) == [f"search {number}" for number in range(MOST + 4, 4, -1)]


def test_they_are_offered_by_their_beginning(app: Flask, cast: Cast, priya: int) -> None:
    with app.app_context():
        for text in ("Open data", "open_plan", "opening hours", "damp"):
            with transaction():
                keep(priya, text)
    assert texts(app, cast, priya, "OPEN ") == ["opening hours", "open_plan", "Open data"]
    assert texts(app, cast, priya, "open_") == ["open_plan"], "what is typed is no pattern"


def test_clear_and_keep_none(app: Flask, cast: Cast, priya: int) -> None:
    client = cast.client(priya)
    search(client, "damp")
    client.get("/search/recent/clear")
    assert texts(app, cast, priya) == ["damp"], "opening an address clears nothing"
    send(client, "/search", action="/search/recent/clear")
    assert texts(app, cast, priya) == []
    search(client, "mould")
    send(client, "/search", action="/search/recent/off")
    assert texts(app, cast, priya) == []
    search(client, "rats")
    assert texts(app, cast, priya) == []
    send(client, "/search", action="/search/recent/on")
    search(client, "mice")
    assert texts(app, cast, priya) == ["mice"]


def test_on_a_shared_computer_nothing_is_kept_and_nothing_shown(app: Flask, cast: Cast, priya: int) -> None:
    search(cast.client(priya), "damp")
    shared = cast.client(priya)
    with shared.session_transaction() as cookie:
        cookie["shared"] = int(time.time())
    search(shared, "mould")
    page = shared.get("/search").get_data(as_text=True)
    assert "shared computer, so what you search for here is not kept" in page
    assert 'href="/search?q=damp"' not in page
    assert texts(app, cast, priya) == ["damp"]


def test_keeping_waits_until_the_page_has_been_sent(app: Flask, cast: Cast, priya: int) -> None:
    client = cast.client(priya)
    with count_queries(app) as queries:
        response = client.get("/search?q=damp")
        response.get_data()
    assert not [statement for statement in queries.statements if "recent_searches" in statement]
    response.close()
    assert texts(app, cast, priya) == ["damp"]


def test_a_database_that_is_away_afterwards_loses_no_search(
    app: Flask, cast: Cast, priya: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy.exc import OperationalError

    from network.discovery.recent import actions

    def away(*_: object) -> None:
        raise OperationalError("", {}, Exception())

    monkeypatch.setattr(actions, "keep", away)
    response = cast.client(priya).get("/search?q=damp")
    assert response.status_code == 200
    response.close()


def test_suggestions_get_none_of_them_on_a_shared_computer(app: Flask, cast: Cast, priya: int) -> None:
    search(cast.client(priya), "damp")
    viewer = cast.viewer(priya)
    with app.test_request_context("/"):
        assert recent(viewer, "da") == ["damp"]
        session["shared"] = int(time.time())
        assert recent(viewer, "da") == []
