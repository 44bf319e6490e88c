"""What is half written in a question, a reply or an edit is kept at an address of its own, and offered again."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from network.accounts.models import KeptForm
from network.core.clock import now
from network.core.db import db
from tests.network.discussions.talk import Started, Talk
from tests.support.cast import Cast
from tests.support.queries import count_queries
from tests.support.sending import filled, find_form, form_of, send, shown

OFFER = "You began to write something here"


@pytest.fixture
def ann(cast: Cast) -> int:
    return cast.person("Ann Evans")


@pytest.fixture
def asked(app: Flask, cast: Cast, ann: int) -> Started:
    return Talk(app).start(cast.group("planning", members=(ann,)), ann, body="We *tried*.")


def places(asked: Started) -> list[tuple[str, dict[str, str]]]:
    return [
        ("/ask", {"title": "Who knows?", "body": "About **damp**"}),
        ("/groups/planning/discussions/new?kind=discussion", {"title": "Who knows?", "body": "About **damp**"}),
        (f"{asked.address}/reply", {"body": "About **damp**"}),
        (f"{asked.address}/posts/1/edit", {"body": "About **damp**"}),
    ]


def kept(app: Flask) -> list[KeptForm]:
    with app.app_context():
        return list(db.session.scalars(select(KeptForm)))


def hand_over(client: Any, form: dict[str, Any], path: str) -> Any:
    """What the script of a page does as it goes out of sight."""
    answer = client.post("/kept", query_string={"path": path}, data=form, headers={"Sec-Fetch-Mode": "cors"})
    assert answer.status_code == 201
    return answer.get_json()


@pytest.mark.parametrize("place", range(4))
def test_preview_has_an_address_where_the_words_stay(
    app: Flask, cast: Cast, ann: int, asked: Started, place: int
) -> None:
    address, typed = places(asked)[place]
    client = cast.client(ann)
    previewed = send(client, address, **typed, preview="yes")
    assert previewed.location.endswith("&preview=1#preview")
    for _ in range(2):  # Back and reload ask for the same page again.
        page = shown(client, previewed).text
        assert "<strong>damp</strong>" in page
        assert "About **damp**</textarea>" in page
        assert OFFER not in page
    form = find_form(page)
    again = client.post(form.get("action"), data={**filled(form), "body": "Of *rust*", "preview": "yes"})
    assert (again.location, len(kept(app))) == (previewed.location, 1)
    assert "<em>rust</em>" in shown(client, again).text
    # Nobody else meets it, nor its address.
    other = cast.client(cast.person("Ben Price"))
    assert "rust" not in other.get(again.location, follow_redirects=True).text
    sent = client.post(form.get("action"), data=filled(find_form(shown(client, again).text)))
    assert "<em>rust</em>" in client.get(sent.location).text
    assert kept(app) == []
    # Back from there is no complaint about a form that nobody has filled in.
    assert "There is a problem" not in client.get(again.location).text


@pytest.mark.parametrize("place", range(4))
def test_what_is_refused_has_an_address_too(cast: Cast, ann: int, asked: Started, place: int) -> None:
    address, typed = places(asked)[place]
    client = cast.client(ann)
    for words in ("é" * 40_000, "Ring 01632 960 123.", ""):
        page = shown(client, send(client, address, **{**typed, "body": words})).text
        assert words in page
        assert ("There is a problem" in page) == (not words or len(words) > 99)
        assert ("Check before you post" in page) == words.startswith("Ring")


def test_a_title_and_a_reason_that_are_refused_have_one_as_well(cast: Cast, ann: int, asked: Started) -> None:
    client = cast.client(ann)
    for tail, name in (("/edit", "title"), ("/posts/1/withdraw", "reason")):
        words = "so long " * 50
        page = shown(client, send(client, asked.address + tail, **{name: words})).text
        assert "characters or fewer" in page
        assert words.strip() in page


def test_a_title_that_was_changed_elsewhere_shows_both_at_an_address(cast: Cast, ann: int, asked: Started) -> None:
    client, address = cast.client(ann), f"{asked.address}/edit"
    stale = form_of(client, address)
    moved = send(client, address, title="Changed first").location
    late = client.post(address, data={**stale, "title": "Written late"})
    page = shown(client, late).text
    assert "You saved this from somewhere else" in page
    assert ("first" in page, filled(find_form(page))["title"]) == (True, ["Written late"])
    assert client.post(f"{moved}/edit", data=filled(find_form(page))).location.endswith("-written-late")


def test_quoting_with_an_empty_box_keeps_nothing_and_has_an_address(
    app: Flask, cast: Cast, ann: int, asked: Started
) -> None:
    client = cast.client(ann)
    quoting = f"{asked.address}/reply?quote=1"
    answer = client.post(quoting, data=form_of(client, asked.address))
    assert (answer.status_code, answer.location, kept(app)) == (303, f"{quoting}#body", [])
    assert "&gt; We *tried*." in client.get(quoting).text


@pytest.mark.parametrize("place", range(4))
def test_what_a_script_hands_over_is_offered_once_it_was_left(
    app: Flask, cast: Cast, ann: int, asked: Started, place: int
) -> None:
    address, typed = places(asked)[place]
    client = cast.client(ann)
    page = client.get(address).text
    form, path = filled(find_form(page)), find_form(page).get("action") or ""
    assert OFFER not in page
    hand_over(client, {**form, "body": "Ab"}, path)
    state = hand_over(client, {**form, **typed}, path)["state"]
    assert client.get("/kept", query_string={"path": path.partition("?")[0]}).get_json() == {"state": state}
    at = asked.address if address.endswith("/reply") else address
    page = client.get(at).text
    assert page.count(OFFER) == 1
    assert "About **damp**" not in page
    go_on = re.search(r'href="([^"]+kept=begun-[^"]+)"', page)
    assert go_on is not None
    link = go_on[1].replace("&amp;", "&")
    begun = filled(find_form(client.get(link).text))
    assert begun["body"] == ["About **damp**"]
    assert OFFER not in cast.client(cast.person("Ben Price")).get(at, follow_redirects=True).text
    # Sent, or emptied again, it is offered no more.
    if place % 2:
        assert client.post(path, data=begun).status_code == 303
    else:
        hand_over(client, {**form, **dict.fromkeys(typed, "")}, path)
    assert kept(app) == []
    assert OFFER not in client.get(at).text


def test_it_can_be_thrown_away_and_goes_after_a_day(app: Flask, cast: Cast, ann: int) -> None:
    client = cast.client(ann)
    form = form_of(client, "/ask")
    hand_over(client, {**form, "title": "Damp"}, "/ask")
    delete = f"/kept/{kept(app)[0].key}/delete"
    assert send(client, "/ask?q=x", action=delete).location == "/ask?q=x"
    assert OFFER not in client.get("/ask").text
    hand_over(client, {**form, "title": "Damp"}, "/ask")
    with time_machine.travel(now() + timedelta(hours=25)):
        assert OFFER not in cast.client(ann).get("/ask").text


def test_two_questions_that_are_written_side_by_side_stay_two(app: Flask, cast: Cast, ann: int) -> None:
    client = cast.client(ann)
    for title in ("Damp", "Rust"):
        hand_over(client, {**form_of(client, "/ask"), "title": title}, "/ask")
    assert len(kept(app)) == 2
    link = re.search(r'href="(/ask\?kept=[^"]+)"', client.get("/ask").text)
    assert link is not None
    assert filled(find_form(client.get(link[1]).text))["title"] == ["Rust"]


def test_only_those_who_left_something_are_asked_for_it(app: Flask, cast: Cast, ann: int, asked: Started) -> None:
    client = cast.client(ann)
    client.get(asked.address)
    with count_queries(app) as queries:
        client.get(asked.address)
    assert not [text for text in queries.statements if "FROM kept_forms" in text and "JOIN" not in text.upper()]
    hand_over(client, {**form_of(client, asked.address), "body": "Damp"}, f"{asked.address}/reply")
    with count_queries(app) as more:
        assert OFFER in client.get(asked.address).text
    assert len(more) <= len(queries) + 2
