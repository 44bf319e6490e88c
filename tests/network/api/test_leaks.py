"""Whoever asks gets what a visitor gets: the leak matrix over every address of the interface."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from network.core.db import db
from network.core.transaction import transaction
from network.groups.viewers import viewer_of
from network.library.actions.editing import keep_edit
from network.library.actions.ending import withdraw
from network.library.models import Guide
from tests.network.library.shelf import Shelf
from tests.support.canaries import DRAFT, OPEN, SECRET, Canaries
from tests.support.cast import Cast

UNFINISHED = "marmosetry"


@pytest.fixture
def canaries(app: Flask, canaries: Canaries) -> Canaries:
    """A network with something to hide, an unfinished edit among it, and a closed guide that replaces an open one."""
    member = canaries.roles["member"] or 0
    gone = Shelf(Cast(app)).guide(member, "Gone")
    with app.app_context():
        author = viewer_of(canaries.roles["author"] or 0)
        guide_id = db.session.scalars(select(Guide.id).where(Guide.title == f"Working with {OPEN}")).one()
        with transaction():
            keep_edit(viewer=author, guide_id=guide_id, base_version=1, fields={"body": UNFINISHED})
        knows = viewer_of(member)
        closed_id = db.session.scalars(select(Guide.id).where(Guide.title == f"Working with {SECRET}")).one()
        with transaction():
            withdraw(viewer=knows, guide_id=gone.id, reason="Old", successor_id=closed_id)
    return canaries


def addresses(app: Flask) -> list[str]:
    """Everything that can be asked, with what is closed named in it."""
    with app.app_context():
        uuids = list(db.session.scalars(select(Guide.uuid)))
    found = ["/guides", "/guides?group=serious-cases", "/guides?by=member-person", "/guides?topic=open-data"]
    found += ["/topics", "/organisations", "/groups", "/groups?sort=a-z", "/groups/serious-cases", "/groups/open-cases"]
    found += [
        f"/search?q={word}" for word in ("working", "asking", SECRET, DRAFT, f"{SECRET[:-1]}x", "by:member-person")
    ]
    for group in ("serious-cases", "open-cases"):
        found += [f"/groups/{group}/discussions{end}" for end in ("", "?show=needs", "/1", "/7")]
    found += ["/search?q=group:serious-cases", "/search?q=working&kind=guide&check=unchecked", "/openapi.json"]
    return [*found, *(f"/guides/{uuid}{end}" for uuid in uuids for end in ("", "/versions/1"))]


def without_question(answer: Any, address: str) -> str:
    """The answer without the words that it repeats."""
    text = str(answer.get_data(as_text=True))
    return text.replace(f'"words": "{address.rpartition("=")[2]}"', "") if address.startswith("/search") else text


def test_every_role_gets_what_a_visitor_gets_and_that_is_public(app: Flask, canaries: Canaries) -> None:
    asked = addresses(app)
    visitor = canaries.client("visitor")
    public = {address: visitor.get(f"/api/v1{address}") for address in asked}
    for address, answer in public.items():
        text = without_question(answer, address)
        for word in (SECRET, DRAFT, UNFINISHED, "@harrowdale.example"):
            assert word not in text, (word, address)
    for role in set(canaries.roles) - {"visitor"}:
        client = canaries.client(role)
        for address in asked:
            answer = client.get(f"/api/v1{address}")
            assert (answer.status_code, answer.data) == (public[address].status_code, public[address].data), (
                role,
                address,
            )
    inside = {address: answer for address, answer in public.items() if address.startswith("/groups/serious-cases/")}
    assert {(answer.status_code, answer.data) for answer in inside.values()} == {
        (403, inside["/groups/serious-cases/discussions/7"].data)
    }
    statuses = [public[address].status_code for address in asked if address.startswith("/guides/")]
    assert sorted(statuses) == [200, 200, 404, 404, 404, 404, 410, 410]
    assert OPEN in public["/guides"].get_data(as_text=True)
    assert OPEN in public["/groups/open-cases/discussions/1"].get_data(as_text=True)
    assert OPEN in public["/search?q=working"].get_data(as_text=True)


def test_of_a_closed_group_only_that_it_is_there_and_why_it_is_closed(canaries: Canaries) -> None:
    answer = canaries.client("facilitator").get("/api/v1/groups/serious-cases").get_json()
    assert set(answer) == {
        *("slug", "name", "purpose", "openness", "closed_reason", "address", "self", "facilitators"),
    }
    listed = canaries.client("visitor").get("/api/v1/groups").get_json()["items"]
    closed = next(group for group in listed if group["slug"] == "serious-cases")
    assert set(closed) == set(answer) - {"facilitators"}
    is_open = canaries.client("visitor").get("/api/v1/groups/open-cases").get_json()
    assert (is_open["members"], is_open["discussions"]) == (1, 1)


def test_where_reading_is_for_members_nothing_is_given(app: Flask, canaries: Canaries) -> None:
    app.config["OPEN_READING"] = False
    for role in ("visitor", "member", "administrator"):
        client = canaries.client(role)
        for address in addresses(app):
            answer = client.get(f"/api/v1{address}")
            if address == "/openapi.json":
                assert answer.status_code == 200
                continue
            assert (answer.status_code, answer.mimetype) == (401, "application/problem+json"), address
            assert answer.headers["WWW-Authenticate"]
            assert OPEN not in answer.get_data(as_text=True)
        assert "answers 401" in client.get("/api/docs").get_data(as_text=True)
