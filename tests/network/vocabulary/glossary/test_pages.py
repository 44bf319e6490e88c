"""The glossary in the browser: read by everyone, kept by moderators and administrators."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from flask import Flask
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from network.audit.models import AuditEntry
from network.core.db import db
from network.core.transaction import transaction
from network.groups.viewers import viewer_of
from network.vocabulary.glossary.actions import add_entry
from tests.network.discussions.talk import hidden, send, token
from tests.support.cast import Cast
from tests.support.queries import count_queries

ENTRY = {"term": "FOI", "ways": "freedom of information\nFOIA", "meaning": "The right to ask."}
ROLES = ("visitor", "member", "moderator", "administrator")
KEEPERS = {"moderator", "administrator"}
PAGES = ("/glossary/new", "/glossary/{id}/edit", "/glossary/{id}/retire")


def person(cast: Cast, role: str) -> int | None:
    return None if role == "visitor" else cast.person(f"{role.title()} Person", role=role)


@pytest.fixture
def keeper(cast: Cast) -> int:
    return cast.person("Nadia Hussain", role="moderator")


@pytest.fixture
def entry(app: Flask, keeper: int) -> int:
    """“SLA”, which stands already."""
    with app.app_context(), transaction():
        return add_entry(
            viewer=viewer_of(keeper), term="SLA", ways=["service level agreement"], meaning="A promise."
        ).id


@pytest.mark.parametrize("role", ROLES)
def test_who_may_read_and_who_may_keep(cast: Cast, entry: int, role: str) -> None:
    client = cast.client(person(cast, role))
    page = client.get("/glossary")
    assert page.status_code == 200
    assert "service level agreement" in page.text
    assert ("/glossary/new" in page.text) == (role in KEEPERS)
    refused = 303 if role == "visitor" else 403
    for address in (*PAGES, "/glossary/entries.csv"):
        wanted = 200 if role in KEEPERS else refused
        assert client.get(address.format(id=entry)).status_code == wanted, (role, address)
    if role == "member":
        for address in PAGES:
            answer = client.post(address.format(id=entry), data={"csrf_token": token(client), **ENTRY})
            assert answer.status_code == 403


def test_adding_shows_it_and_is_on_record(app: Flask, cast: Cast, keeper: int) -> None:
    client = cast.client(keeper)
    answer = send(client, "/glossary/new", **ENTRY)
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"]).text
    for words in ("FOI", "freedom of information; FOIA", "The right to ask.", "Changed by Nadia Hussain,"):
        assert words in page
    with app.app_context():
        acts = db.session.scalars(select(AuditEntry.act).where(AuditEntry.actor_id == keeper)).all()
        assert "glossary.add" in acts


def test_sent_twice_it_is_added_once(cast: Cast, keeper: int) -> None:
    client = cast.client(keeper)
    form = {**hidden(client, "/glossary/new"), **ENTRY}
    assert len({client.post("/glossary/new", data=form).headers["Location"] for _ in range(3)}) == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"term": " "}, "Enter a term"),
        ({"term": "?!"}, "Enter a term with letters or digits in it"),
        ({"term": "x" * 81}, "Term must be 80 characters or fewer"),
        ({"term": "ﷺ " * 40}, "Enter a term with fewer joined letters"),
        ({"term": " sLá "}, "“sLá” is in the glossary already"),
        ({"ways": "", "meaning": ""}, "Enter another way of saying it, or what it means"),
        ({"ways": "one\nFOI"}, "“FOI” is the same as the term itself to search"),
        ({"ways": "Data Sharing\ndata sharing"}, "“data sharing” is the same as “Data Sharing” to search"),
        ({"ways": "\n".join(f"way {number}" for number in range(11))}, "Enter 10 other ways or fewer"),
        ({"ways": "x" * 101}, "Each other way must be 100 characters or fewer"),
        ({"ways": "…"}, "“…” has no letters or digits in it"),
        ({"meaning": "x" * 301}, "What it means must be 300 characters or fewer"),
    ],
)
@pytest.mark.usefixtures("entry")
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    cast: Cast, keeper: int, change: dict[str, str], message: str
) -> None:
    answer = send(cast.client(keeper), "/glossary/new", **{**ENTRY, **change})
    assert answer.status_code == 200
    assert message in answer.text
    assert any(words in answer.text for words in ("The right to ask.", "freedom of information", 'value="FOI"'))


def test_a_taken_term_leads_to_its_entry(cast: Cast, keeper: int, entry: int) -> None:
    answer = send(cast.client(keeper), "/glossary/new", **{**ENTRY, "term": "sla"})
    assert f'href="/glossary/{entry}/edit"' in answer.text


def test_a_failed_search_fills_the_form(cast: Cast, keeper: int) -> None:
    page = cast.client(keeper).get("/glossary/new?term=foi+request&way=freedom+of+information").text
    assert 'value="foi request"' in page
    assert "freedom of information</textarea>" in page


def test_editing(cast: Cast, keeper: int, entry: int) -> None:
    client = cast.client(keeper)
    send(client, f"/glossary/{entry}/edit", term="SLA", ways="service promise", meaning="")
    page = client.get("/glossary").text
    assert "service promise" in page
    assert "service level agreement" not in page


def test_two_who_edit_at_once_lose_nothing(cast: Cast, keeper: int, entry: int) -> None:
    address = f"/glossary/{entry}/edit"
    slow, quick = cast.client(keeper), cast.client(cast.person("Tom Reed", role="administrator"))
    form = hidden(slow, address)
    send(quick, address, term="SLA", ways="quick words", meaning="")
    answer = slow.post(address, data={**form, "term": "SLA", "ways": "slow words", "meaning": ""})
    for words in ("Somebody changed this entry", "quick words", "slow words"):
        assert words in answer.text
    assert slow.post(address, data={**dict_of(answer), "term": "SLA", "ways": "both"}).status_code == 303


def dict_of(answer: Any) -> dict[str, str]:
    from tests.network.discussions.talk import HIDDEN

    return dict(HIDDEN.findall(answer.text))


def test_retiring_asks_first(cast: Cast, keeper: int, entry: int) -> None:
    client = cast.client(keeper)
    address = f"/glossary/{entry}/retire"
    assert "Retire “SLA”?" in client.get(address).text
    assert "SLA" in client.get("/glossary").text
    send(client, address)
    page = client.get("/glossary").text
    assert "is no longer in the glossary" in page
    assert "service level agreement" not in page
    assert client.get(address).status_code == 404
    assert client.get(f"/glossary/{entry}/edit").status_code == 404


def test_the_table_cannot_hold_formulas(app: Flask, cast: Cast, keeper: int) -> None:
    with app.app_context(), transaction():
        add_entry(viewer=viewer_of(keeper), term="=cmd()", ways=["-x"], meaning="“Ŵyn”, plain")
    answer = cast.client(keeper).get("/glossary/entries.csv")
    assert answer.mimetype == "text/csv"
    assert answer.text.startswith(
        "\ufeffTerm,Other ways of saying it,What it means,Changed by,Changed on\r\n'=cmd(),'-x,"
    )
    assert "“Ŵyn”, plain" in answer.text


def test_the_table_counts_days_where_the_network_is(app: Flask, cast: Cast, keeper: int) -> None:
    half_past_midnight_in_london = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    with time_machine.travel(half_past_midnight_in_london), app.app_context(), transaction():
        add_entry(viewer=viewer_of(keeper), term="SLA", ways=["service level agreement"], meaning="")
    assert cast.client(keeper).get("/glossary/entries.csv").text.rstrip().endswith(",2026-07-02")


def test_a_long_glossary_costs_few_queries(app: Flask, cast: Cast, keeper: int) -> None:
    with app.app_context(), transaction():
        for number in range(40):
            add_entry(
                viewer=viewer_of(keeper), term=f"{number} {chr(97 + number % 26)}", ways=[f"w {number}"], meaning=""
            )
    visitor = cast.client()
    visitor.get("/glossary")
    with count_queries(app) as queries:
        page = visitor.get("/glossary").text
    assert len(queries) <= 1, queries.statements
    assert 'id="letter-0"' in page
    assert 'method="post"' not in page


def test_letters_that_look_alike_stand_under_one_heading(app: Flask, cast: Cast, keeper: int) -> None:
    with app.app_context(), transaction():
        for term in ("Tea", "\u1d40imes", "Bins", "4 eyes"):
            add_entry(viewer=viewer_of(keeper), term=term, ways=[f"way of {term}"], meaning="")
    page = cast.client().get("/glossary").text
    headings = re.findall(r'<h2[^>]*id="([^"]+)"', page)
    assert len(headings) == len(set(headings))
    assert headings[0] == "letter-0"


@settings(max_examples=25, phases=(Phase.explicit, Phase.generate))
@given(term=st.text(max_size=90), ways=st.text(max_size=250), meaning=st.text(max_size=310))
def test_no_input_breaks_it(cast: Cast, keeper: int, term: str, ways: str, meaning: str) -> None:
    client = cast.client(keeper)
    answer = send(client, "/glossary/new", term=term, ways=ways, meaning=meaning)
    unreadable = any("\0" in text for text in (term, ways, meaning))
    assert answer.status_code in ((400,) if unreadable else (200, 303))
    assert client.get("/glossary").status_code == 200


def test_a_form_without_its_revision_counts_as_just_opened(cast: Cast, keeper: int, entry: int) -> None:
    client = cast.client(keeper)
    assert send(client, f"/glossary/{entry}/edit", term="Promise", revision=None).location == f"/glossary#entry-{entry}"
