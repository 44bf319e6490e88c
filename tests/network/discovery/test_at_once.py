"""A button pressed twice, or in eight tabs: nobody meets an error, and one thing comes of it.

On SQLite writers wait for one another anyway; on PostgreSQL only our own locks and keys see to it.
"""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from network.core.db import db
from network.discovery.recent.models import KeepsNoSearches
from network.discovery.saved import actions
from network.discovery.saved.models import SavedSearch
from network.discovery.wanted.models import Want, WantedEntry
from tests.support.cast import Cast
from tests.support.sending import filled, find_form, send_at_once

TABS = 8


def count(app: Flask, table: Any) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def press(cast: Cast, page: str, action: str | None = None, **typed: Any) -> list[int]:
    """One person opens a page in eight tabs and sends its form in all of them."""
    person = cast.person("Priya Raman")
    clients = [cast.client(person) for _ in range(TABS)]
    forms = [
        {**filled(find_form(client.get(page).get_data(as_text=True), action=action)), **typed} for client in clients
    ]
    return send_at_once(clients, action or page, forms)


def test_following_a_topic(app: Flask, cast: Cast) -> None:
    cast.topic("open-data", "Open data")
    assert press(cast, "/topics/open-data", "/topics/open-data/follow") == [303] * TABS
    assert count(app, SavedSearch) == 1


def test_having_no_searches_kept(app: Flask, cast: Cast) -> None:
    assert press(cast, "/search", "/search/recent/off") == [303] * TABS
    assert count(app, KeepsNoSearches) == 1


def test_being_told_of_what_failed(app: Flask, cast: Cast) -> None:
    assert press(cast, "/search?q=unobtainium", "/saved/searches/tell") == [303] * TABS
    assert count(app, SavedSearch) == 1


def test_saving_a_search(app: Flask, cast: Cast) -> None:
    assert press(cast, "/saved/searches/new?q=damp") == [303] * TABS
    assert count(app, SavedSearch) == 1


def test_asking_for_a_guide(app: Flask, cast: Cast) -> None:
    assert press(cast, "/wanted/new?words=Mould+letter", words="Mould letter", public="y") == [303] * TABS
    assert (count(app, WantedEntry), count(app, Want)) == (1, 1)


def test_the_limit_of_saved_searches_holds(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST", 2)
    person = cast.person("Priya Raman")
    clients = [cast.client(person) for _ in range(TABS)]
    forms = [
        filled(
            find_form(
                client.get(f"/search?q=unobtainium{letter}").get_data(as_text=True), action="/saved/searches/tell"
            )
        )
        for client, letter in zip(clients, "abcdefgh", strict=True)
    ]
    answers = send_at_once(clients, "/saved/searches/tell", forms)
    assert answers.count(303) == 2, answers
    assert count(app, SavedSearch) == 2
