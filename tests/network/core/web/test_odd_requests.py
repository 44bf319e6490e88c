"""Requests that no form of ours sends: each is refused in words, none costs a traceback or slips past a limit."""

from __future__ import annotations

import io
import re
import time
from typing import Any

import pytest
from flask import Flask

from network.core.web.limits import typed_email
from tests.support.cast import Cast

HUGE = 2**63


@pytest.fixture
def member(cast: Cast) -> Any:
    """A member's browser."""
    return cast.client(cast.person("Priya Raman"))


def token(client: Any, address: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(address).get_data(as_text=True))
    assert found
    return found[1]


@pytest.mark.parametrize("body", [[1], {"name": 5}, {"name": ["x"]}, {"purpose": {"$ne": ""}}])
def test_json_is_no_form(member: Any, body: Any) -> None:
    sent = member.post("/groups/new", json=body, headers={"X-CSRFToken": token(member, "/groups/new")})
    assert sent.status_code in (200, 400, 415)
    assert "Enter" in sent.get_data(as_text=True) or sent.status_code != 200


def test_a_file_in_a_text_field_is_not_text(member: Any) -> None:
    data = {"csrf_token": token(member, "/groups/new"), "name": (io.BytesIO(b"x"), "x.txt")}
    sent = member.post("/groups/new", data=data, content_type="multipart/form-data")
    assert sent.status_code == 200
    assert "There is a problem" in sent.get_data(as_text=True)


@pytest.mark.parametrize(("fields", "status"), [(10_000, 200), (10_001, 413)])
def test_a_form_has_only_so_many_fields(client: Any, fields: int, status: int) -> None:
    data = "&".join(["csrf_token=" + token(client, "/sign-in"), *(f"a{n}=" for n in range(fields - 1))])
    sent = client.post("/sign-in", data=data, content_type="application/x-www-form-urlencoded")
    assert sent.status_code == status


@pytest.mark.parametrize(
    "address", ["/drafts/{n}", "/drafts/{n}/discard", "/library/x/history/{n}", "/library/x/posts/{n}/history"]
)
def test_numbers_that_no_row_can_have_are_not_found(member: Any, address: str) -> None:
    assert member.get(address.format(n=HUGE)).status_code == 404


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("/library/", "/library"),
        ("/people/?q=ann", "/people?q=ann"),
        ("/topics/damp-and-mould/", "/topics/damp-and-mould"),
        ("/topics/a%3Fq=/", "/topics/a%3Fq%3D"),
    ],
)
def test_a_slash_too_many_leads_to_the_page(client: Any, address: str, place: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Location"]) == (301, place)


@pytest.mark.parametrize(
    "address", ["/nowhere/", "/%2f%2fevil.example/library/", "/\\evil.example/", "/library/%0a/x/"]
)
def test_a_slash_leads_to_no_other_place(client: Any, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404 or answer.headers["Location"].startswith("http://localhost/")


NO_PLACES = (
    "/people/%00",
    "/groups/%00",
    "/topics/%00",
    "/library/%00",
    "/organisations/%00",
    "/files/%00",
    "/kept/%00",
    "/%00",
)
NO_ARGUMENTS = (
    "/people?q=%00a",
    "/people?topic=%00",
    "/search?q=a%00",
    "/search/suggest?q=ab%00",
    "/saved/searches/new?q=ab&topic=%00",
    "/saved/searches/new?q=ab&%00=x",
    "/?kept=%00",
)


@pytest.mark.parametrize("address", NO_PLACES)
def test_an_address_with_a_nul_is_not_found(client: Any, member: Any, address: str) -> None:
    for browser in (client, member):
        assert browser.get(address).status_code == 404


@pytest.mark.parametrize("address", NO_ARGUMENTS)
def test_arguments_with_a_nul_are_refused_on_a_page(client: Any, member: Any, address: str) -> None:
    for browser in (client, member):
        answer = browser.get(address)
        assert answer.status_code == 400
        assert "We could not use what was sent" in answer.get_data(as_text=True)


@pytest.mark.parametrize("address", ["/people", "/search", "/", "/nowhere", "/search/suggest"])
def test_bytes_that_are_no_text_are_refused_on_a_page(client: Any, cast: Cast, address: str) -> None:
    shared = cast.client(cast.person("Sam Oduya"))
    with shared.session_transaction() as session:
        session["shared"] = int(time.time())
    for browser in (client, shared):
        answer = browser.get(address, environ_overrides={"QUERY_STRING": "q=\xff\xfe"})
        assert answer.status_code == 400
        assert "We could not use what was sent" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("/saved/searches/new?q=ab&topic=%00", {"name": "ab"}),
        ("/saved/searches/tell", {"q": "zz\x00y"}),
        ("/saved/searches/tell", {"q": "zz", "topic": "\x00"}),
        ("/groups/new", {"na\x00me": "x"}),
        ("/groups/new", {"name": (io.BytesIO(b"x"), "a\x00.txt")}),
        ("/sign-in", {"email": "a\x00@council.example", "password": "x"}),
    ],
)
def test_what_is_sent_with_a_nul_is_refused_on_a_page(member: Any, address: str, sent: dict[str, Any]) -> None:
    answer = member.post(address, data={**sent, "csrf_token": token(member, "/groups/new")})
    assert answer.status_code == 400
    assert "We could not use what was sent" in answer.get_data(as_text=True)


def test_one_account_has_one_limit_however_its_address_is_spelt(app: Flask) -> None:
    spellings = (
        "priya@council.example",
        " Priya@council.example ",
        "priya@\x01council.example",
        "PRIYA@COUNCIL.EXAMPLE",
    )
    keys = set()
    for spelling in spellings:
        with app.test_request_context("/sign-in", method="POST", data={"email": spelling}):
            keys.add(typed_email())
    assert keys == {"account:priya@council.example"}


def test_health_tells_visitors_no_numbers_of_what_is_inside(client: Any) -> None:
    answer = client.get("/health").json
    assert answer["index"].keys() == {"ok"}
    assert answer["worker"].keys() == {"ok", "behind_seconds"}
