"""The versions of a guide: list, old states, differences, putting one back."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from network.core.db import db
from network.library.models import Guide
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast
from tests.support.queries import count_queries
from tests.support.sending import filled, find_form, send


@pytest.fixture
def writer(cast: Cast, shelf: Shelf) -> Any:
    """Signed in as the author of a guide with three versions."""
    priya = cast.person()
    client = cast.client(priya)
    shelf.guide(priya, "Bins", body="One line\n\nA second line\n", note="First")
    send(client, "/library/bins/edit", act="publish", body="One line\n\nA changed line\n", note="Second")
    send(client, "/library/bins/edit", act="publish", title="Bins today", body="Quite new\n", note="Third")
    return client


def test_the_list_has_every_version_and_leads_to_comparisons(writer: Any, client: Any) -> None:
    page = client.get("/library/bins-today/history").get_data(as_text=True)
    assert page.index("Third") < page.index("Second") < page.index("First")
    assert 'href="/library/bins-today/history/compare?from=1&amp;to=2"' in page
    assert client.get("/library/bins-today/history?page=2").status_code == 404


def test_an_old_version_is_read_as_it_was(writer: Any, client: Any) -> None:
    page = client.get("/library/bins-today/history/1").get_data(as_text=True)
    assert "A second line" in page
    assert "Its title was “Bins”." in page
    assert "Restore" not in page
    assert client.get("/library/bins-today/history/9").status_code == 404


def test_any_two_versions_are_compared_in_either_order(writer: Any, client: Any) -> None:
    for query in ("from=1&to=2", "from=2&to=1"):
        page = client.get(f"/library/bins-today/history/compare?{query}").get_data(as_text=True)
        assert "<del>" in page
        assert page.index("second</del>") < page.index("changed</ins>")
    page = client.get("/library/bins-today/history/compare?from=1&to=3").get_data(as_text=True)
    assert "Title" in page
    same = client.get("/library/bins-today/history/compare?from=2&to=2").get_data(as_text=True)
    assert "say the same: title, summary, kind and text" in same
    for query in ("from=0&to=1", "from=1&to=99"):
        assert client.get(f"/library/bins-today/history/compare?{query}").status_code == 404
    for query in ("from=x&to=y", f"from=-{'9' * 20}", f"to={'9' * 20}", f"from={'9' * 5000}"):
        page = client.get(f"/library/bins-today/history/compare?{query}")
        assert (page.status_code, "say the same" in page.get_data(as_text=True)) == (200, False), query


def test_restoring_makes_a_new_version(app: Flask, writer: Any) -> None:
    answer = send(writer, "/library/bins-today/history/1/restore")
    assert answer.location == "/library/bins"
    page = writer.get("/library/bins").get_data(as_text=True)
    assert "A second line" in page
    assert "Restored version 1" in page
    with app.app_context():
        assert db.session.scalars(select(Guide.version)).all() == [4]


def test_restoring_over_a_version_that_was_not_seen_is_asked_again(app: Flask, writer: Any) -> None:
    address = "/library/bins-today/history/1/restore"
    form = filled(find_form(writer.get(address).get_data(as_text=True)))
    send(writer, "/library/bins-today/edit", act="publish", body="Newer still", note="Fourth")
    answer = writer.post(address, data=form)
    assert answer.status_code == 409
    assert "Newer still" in answer.get_data(as_text=True)
    again = filled(find_form(answer.get_data(as_text=True)))
    assert writer.post(address, data=again).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Guide.version)).all() == [5]


def test_only_those_who_look_after_it_restore(cast: Cast, writer: Any, client: Any) -> None:
    address = "/library/bins-today/history/1/restore"
    assert client.get(address).status_code == 303
    assert cast.client(cast.person("Tom Adeyemi")).get(address).status_code == 403


def test_the_history_costs_few_queries(app: Flask, writer: Any, client: Any) -> None:
    client.get("/library/bins-today/history")
    with count_queries(app) as queries:
        client.get("/library/bins-today/history")
    assert len(queries) <= 4, queries.statements
