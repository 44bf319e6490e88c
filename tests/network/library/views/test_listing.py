"""The library's list and the topics: filters that can be shared, numbers that hold, pages."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from network.accounts.models import Account
from network.core.db import db
from network.core.transaction import transaction
from network.core.worker import drain
from network.vocabulary.models import Topic, TopicAlias
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast
from tests.support.queries import count_queries

START = datetime(2026, 1, 1, 12, tzinfo=UTC)


def titles(client: Any, address: str) -> list[str]:
    answer = client.get(address)
    assert answer.status_code == 200, address
    page = answer.get_data(as_text=True)
    return re.findall(r'<h3 class="cp-row__title[^>]*><a[^>]*>([^<]*)</a>', page)


@pytest.fixture
def stocked(cast: Cast, shelf: Shelf) -> Any:
    """Three guides; returns a visitor."""
    cast.organisation("harrowdale")
    priya = cast.person()
    data, open_data = cast.topic("data"), cast.topic("open-data", "Open data")
    with cast.app.app_context(), transaction():
        db.session.get_one(Topic, open_data).parent_id = data
        db.session.add(TopicAlias(slug="opendata", name="Opendata", topic_id=open_data))
    shelf.guide(priya, "Bins", kind="policy", at=START, topic_ids=(open_data,))
    shelf.guide(priya, "éclairs", at=START + timedelta(days=1), checked=False, topic_ids=(data,))
    shelf.guide(priya, "Apples", kind="template", at=START + timedelta(days=2))
    drain(cast.app)
    return cast.client()


def test_newest_first_or_as_asked(stocked: Any) -> None:
    assert titles(stocked, "/library") == ["Apples", "éclairs", "Bins"]
    assert titles(stocked, "/library?sort=title") == ["Apples", "Bins", "éclairs"]
    assert titles(stocked, "/library?sort=checked") == ["Apples", "Bins", "éclairs"]
    assert titles(stocked, "/library?sort=nonsense") == ["Apples", "éclairs", "Bins"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=policy", ["Bins"]),
        ("kind=policy&kind=template", ["Apples", "Bins"]),
        ("topic=data", ["éclairs", "Bins"]),
        ("topic=open-data", ["Bins"]),
        ("topic=data&kind=template", []),
        ("check=unchecked", ["éclairs"]),
        ("organisation=harrowdale", ["Apples", "éclairs", "Bins"]),
        ("by=priya-raman", ["Apples", "éclairs", "Bins"]),
        ("kind=nonsense", ["Apples", "éclairs", "Bins"]),
    ],
)
def test_filters(stocked: Any, query: str, found: list[str]) -> None:
    assert titles(stocked, f"/library?{query}") == found


def test_numbers_stand_beside_what_would_find_something(stocked: Any) -> None:
    page = stocked.get("/library").get_data(as_text=True)
    assert "3 guides" in page
    kinds = re.findall(r'name="kind" type="checkbox" value="([^"]*)"', page)
    assert kinds == ["guide", "template", "policy"]
    narrowed = stocked.get("/library?check=unchecked").get_data(as_text=True)
    assert re.findall(r'name="kind" type="checkbox" value="([^"]*)"', narrowed) == ["guide"]
    assert "1 guide matches" in narrowed


def test_each_filter_in_use_can_be_taken_away(stocked: Any) -> None:
    page = stocked.get("/library?kind=policy&kind=guide&sort=title&topic=data").get_data(as_text=True)
    assert 'href="/library?kind=guide&amp;sort=title&amp;topic=data"' in page
    assert 'href="/library?sort=title"' in page
    assert '<input type="hidden" name="sort" value="title">' in page


def test_nothing_found_offers_to_clear(stocked: Any) -> None:
    page = stocked.get("/library?topic=data&kind=template").get_data(as_text=True)
    assert "No guide matches all of these" in page
    assert "Clear all filters" in page


def test_unknown_places_are_not_there(stocked: Any) -> None:
    for address in ("/library?by=nobody", "/library?group=nothing", "/library?page=2", "/library?page=x", "/topics/x"):
        assert stocked.get(address).status_code == 404


def test_the_handle_of_somebody_suspended_does_not_give_their_name(app: Flask, cast: Cast, stocked: Any) -> None:
    assert "Priya Raman" in stocked.get("/library?by=priya-raman").get_data(as_text=True)
    with app.app_context(), transaction() as session:
        session.execute(update(Account).values(active=False))
    answer = stocked.get("/library?by=priya-raman")
    assert answer.status_code == 404
    assert "Priya Raman" not in answer.get_data(as_text=True)


def test_an_empty_library_invites_to_write(client: Any) -> None:
    page = client.get("/library").get_data(as_text=True)
    assert "The library is empty" in page
    assert 'href="/library/new"' in page


def test_twenty_a_page(app: Flask, cast: Cast, shelf: Shelf, client: Any) -> None:
    priya = cast.person()
    for number in range(23):
        shelf.guide(priya, f"Guide {number:02}", at=START + timedelta(hours=number))
    drain(app)
    assert titles(client, "/library") == [f"Guide {number:02}" for number in range(22, 2, -1)]
    assert titles(client, "/library?page=2") == ["Guide 02", "Guide 01", "Guide 00"]
    page = client.get("/library?page=2").get_data(as_text=True)
    assert "23 guides" in page
    assert "<title>Library (page 2 of 2)" in page


def test_topics_in_two_levels_with_the_number_of_guides(stocked: Any) -> None:
    page = stocked.get("/topics").get_data(as_text=True)
    assert 'href="/topics/open-data"' in page
    assert page.index(">Data<") < page.index("Open data")
    assert titles(stocked, "/topics/data") == ["éclairs", "Bins"]
    assert titles(stocked, "/topics/open-data") == ["Bins"]
    assert stocked.get("/topics/opendata").location == "/topics/open-data"


def test_the_list_costs_few_queries(app: Flask, stocked: Any) -> None:
    for address, most in (("/library", 3), ("/library?kind=policy", 5), ("/library?topic=data&check=in-date", 5)):
        stocked.get(address)
        with count_queries(app) as queries:
            stocked.get(address)
        assert len(queries) <= most, (address, queries.statements)


@settings(max_examples=30, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(
    st.dictionaries(
        st.sampled_from(["topic", "kind", "organisation", "check", "group", "by", "sort", "page", "x"]),
        st.text(st.characters(exclude_categories=("Cs", "Cn", "Cc")), max_size=30),
        max_size=5,
    )
)
def test_no_query_breaks_the_list(client: Any, query: dict[str, str]) -> None:
    assert client.get("/library", query_string=query).status_code in (200, 404)
