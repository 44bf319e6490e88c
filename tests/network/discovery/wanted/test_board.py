"""The board: asked for, joined, counted without telling who, hidden and merged."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from network.accounts.models import Account
from network.audit.models import AuditEntry
from network.core.db import db
from network.core.transaction import transaction
from network.discovery.wanted.models import Want, WantedEntry
from network.discovery.wanted.queries import how_many
from network.people.models import Person
from tests.network.discovery.wanted.conftest import Board
from tests.support.cast import Cast
from tests.support.queries import count_queries
from tests.support.sending import send, token


@pytest.fixture
def priya(cast: Cast) -> int:
    """Who asks."""
    return cast.person("Priya Raman")


@pytest.fixture
def owen(cast: Cast) -> int:
    """Somebody else."""
    return cast.person("Owen Pritchard")


def text(response: Any) -> str:
    return str(response.get_data(as_text=True))


def wants(app: Flask, entry: int) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Want).where(Want.entry_id == entry)) or 0


@pytest.mark.parametrize(
    ("people", "organisations", "words"),
    [
        (0, 0, "Fewer than 5 people want this"),
        (4, 4, "Fewer than 5 people want this"),
        (5, 4, "5 people in fewer than 5 organisations want this"),
        (14, 6, "14 people in 6 organisations want this"),
    ],
)
def test_small_numbers_are_not_told(people: int, organisations: int, words: str) -> None:
    assert how_many(people, organisations) == words


def test_a_failed_search_leads_to_the_board_with_its_words(app: Flask, cast: Cast, priya: int) -> None:
    client = cast.client(priya)
    link = re.search(r'href="(/wanted/new\?words=[^"]+)"', text(client.get("/search?q=Unobtainium+form")))
    assert link
    unconfirmed = text(send(client, link[1]))
    assert "Confirm that everyone can read these words" in unconfirmed
    assert 'value="Unobtainium form"' in unconfirmed, "nothing typed is lost"
    sent = send(client, link[1], public="y")
    assert "Unobtainium form" in text(client.get(sent.location))
    visitor = cast.client()
    board = text(visitor.get("/wanted"))
    assert "Unobtainium form" in board
    assert "Fewer than 5 people want this" in board
    assert "Priya" not in board + text(visitor.get(sent.location))
    assert visitor.get(link[1]).location.startswith("/sign-in?next=/wanted/new")


def test_the_same_words_join_and_near_ones_are_offered(on_board: Board, cast: Cast, priya: int, owen: int) -> None:
    entry = on_board.ask(priya)
    assert on_board.ask(owen, "damp and  MOULD letter") == entry
    assert wants(on_board.app, entry) == 2
    page = text(cast.client(owen).get("/wanted/new?words=letters+on+mould"))
    assert "Is it one of these?" in page
    assert "Damp and mould letter" in page
    assert "Is it one of these?" not in text(cast.client(owen).get("/wanted/new?words=parking"))


def test_wanting_twice_counts_once_and_is_taken_back(on_board: Board, cast: Cast, priya: int, owen: int) -> None:
    entry = on_board.ask(priya)
    client = cast.client(owen)
    for _ in range(2):
        client.post(f"/wanted/{entry}/want", data={"csrf_token": token(client, "/wanted")})
    assert wants(on_board.app, entry) == 2
    send(client, f"/wanted/{entry}", action=f"/wanted/{entry}/unwant")
    assert wants(on_board.app, entry) == 1
    assert client.get(f"/wanted/{entry}/want").status_code == 405, "no change by opening an address"


def test_numbers_count_people_who_stand_by_organisation(on_board: Board, cast: Cast, priya: int) -> None:
    entry = on_board.ask(priya)
    people = on_board.crowd(entry, 10, organisations=5)
    page = text(cast.client().get(f"/wanted/{entry}"))
    assert "11 people in 5 organisations want this" in page
    with on_board.app.app_context(), transaction():
        accounts = select(Person.account_id).where(Person.id.in_(people[:7]))
        db.session.execute(update(Account).where(Account.id.in_(accounts)).values(active=False))
    assert "Fewer than 5 people want this" in text(cast.client().get(f"/wanted/{entry}"))


def test_the_order_does_not_tell_what_fewer_than_five_hides(on_board: Board, cast: Cast, priya: int) -> None:
    four = on_board.ask(priya, "Wanted by four")
    on_board.crowd(four, 3)
    on_board.ask(priya, "Wanted by one")
    many = on_board.ask(priya, "Wanted by many")
    on_board.ask(priya, "Wanted last")
    on_board.crowd(many, 5)
    found = re.findall(r'href="/wanted/\d+">([^<]+)', text(cast.client().get("/wanted")))
    assert found == ["Wanted by many", "Wanted last", "Wanted by one", "Wanted by four"]
    newest = re.findall(r'href="/wanted/\d+">([^<]+)', text(cast.client().get("/wanted?sort=newest")))
    assert newest == ["Wanted last", "Wanted by many", "Wanted by one", "Wanted by four"]


@pytest.mark.parametrize("role", ["visitor", "member", "moderator", "administrator"])
@pytest.mark.parametrize("act", ["hide", "merge"])
def test_only_moderators_hide_and_merge(on_board: Board, cast: Cast, priya: int, role: str, act: str) -> None:
    entry, other = on_board.ask(priya), on_board.ask(priya, "Letter about damp")
    person = None if role == "visitor" else cast.person("Some Person", role=role)
    client = cast.client(person)
    fields = {"csrf_token": token(client, "/sign-in" if person is None else "/wanted")}
    fields |= {"reason": "Names somebody", "into": str(other)}
    status = client.post(f"/wanted/{entry}/{act}", data=fields).status_code
    with on_board.app.app_context():
        row = db.session.get_one(WantedEntry, entry)
        done = row.hidden_at is not None or row.merged_into_id is not None
    assert done is (role in ("moderator", "administrator"))
    assert (status == 403) is (role == "member")


def test_what_is_hidden_leaves_its_reason_and_not_its_words(on_board: Board, cast: Cast, priya: int) -> None:
    entry = on_board.ask(priya, "Zebrafinch of number 12")
    moderator = cast.client(cast.person("Fatima Siddiqui", role="moderator"))
    send(moderator, f"/wanted/{entry}/hide", reason="It names a household")
    visitor = cast.client(priya)
    page = visitor.get(f"/wanted/{entry}")
    assert page.status_code == 410
    assert "It names a household" in text(page)
    for address in (f"/wanted/{entry}", "/wanted", "/wanted?sort=newest", "/wanted/new?words=zebrafinch+number", "/"):
        assert "Zebrafinch of" not in text(visitor.get(address)), address
    assert visitor.post(f"/wanted/{entry}/want", data={"csrf_token": token(visitor, "/wanted")}).status_code == 403
    with on_board.app.app_context():
        logged = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "wanted.hide")).one()
        assert (logged.subject_id, logged.detail["reason"]) == (entry, "It names a household")


def test_doubles_become_one_with_all_who_want_it(on_board: Board, cast: Cast, priya: int, owen: int) -> None:
    first, second = on_board.ask(priya), on_board.ask(owen, "Letter about mould")
    on_board.join(first, owen)
    on_board.join(second, cast.person("Hannah Whitlock"))
    moderator = cast.client(cast.person("Fatima Siddiqui", role="moderator"))
    send(moderator, f"/wanted/{second}/merge", into=str(first))
    assert wants(on_board.app, first) == 3
    assert wants(on_board.app, second) == 0
    assert moderator.get(f"/wanted/{second}").location == f"/wanted/{first}"
    itself = send(moderator, f"/wanted/{first}/merge", into=str(first))
    assert itself.status_code == 200, "not a choice"


def test_odd_addresses_are_not_there(on_board: Board, client: Any, priya: int) -> None:
    on_board.ask(priya)
    for address in ("/wanted?show=all", "/wanted?sort=people", "/wanted?page=2", "/wanted/77"):
        assert client.get(address).status_code == 404, address


def test_the_board_asks_few_questions_of_the_database(on_board: Board, cast: Cast, priya: int) -> None:
    for number in range(25):
        on_board.ask(priya, f"Number {number} of many")
    client = cast.client(priya)
    client.get("/wanted")
    with count_queries(on_board.app) as queries:
        client.get("/wanted")
    assert len(queries) <= 5, queries.statements
