"""Somebody who began a suggestion may edit the guide by now: their words go on as an edit of it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from network.core.db import db
from network.library.suggestions.models import Suggestion
from tests.network.library.shelf import BODY
from tests.network.library.suggestions.conftest import NEW, Desk
from tests.support.sending import filled, find_form, form_of, send

SECTION, OTHER = "h-before-you-start", "h-what-it-cost-us"


@pytest.fixture
def fatima(desk: Desk) -> Any:
    return desk.cast.client(desk.fatima)


def name_co_author(desk: Desk) -> None:
    owen = desk.cast.client(desk.owen)
    sent = send(owen, f"{desk.address}/edit", act="publish", co_authors="fatima-siddiqui", note="With Fatima")
    assert sent.status_code == 303


def drafts(desk: Desk) -> int:
    with desk.app.app_context():
        return len(db.session.scalars(select(Suggestion.id).where(Suggestion.state == "draft")).all())


@pytest.mark.parametrize("act", ["send", "draft", "preview"])
def test_what_was_typed_is_in_the_editor_whatever_is_pressed(desk: Desk, fatima: Any, act: str) -> None:
    address = f"{desk.address}/suggest"
    typed = {**form_of(fatima, address), "body": NEW, "why": "Half of it", "act": act}
    name_co_author(desk)
    led = fatima.post(address, data=typed)
    assert led.location == f"{desk.address}/edit"
    page = fatima.get(led.location)
    assert "You can edit this guide now" in page.text
    form = filled(find_form(page.text))
    assert (form["body"], form["note"], form["base"]) == ([NEW], ["Half of it"], ["1"])
    assert fatima.post(address, data=typed).location == led.location, "pressed twice"


def test_a_draft_is_found_and_goes_on_as_an_edit(desk: Desk, fatima: Any) -> None:
    address = f"{desk.address}/suggest?section={SECTION}"
    send(fatima, address, act="draft", body="## Before you start\n\nAsk everybody.")
    name_co_author(desk)
    assert f'href="{address}"' in fatima.get("/drafts").text
    page = fatima.get(f"{desk.address}/suggest", follow_redirects=True)
    assert page.request.query_string.decode() == f"section={SECTION}"
    assert "Send suggestion" not in page.text
    assert "data-saves-at" not in page.text
    led = send(fatima, address)
    assert form_of(fatima, led.location)["body"] == [BODY.replace("Ask who will read it.", "Ask everybody.")]
    assert drafts(desk) == 0
    assert fatima.get(address).location == f"{desk.address}/edit"


def test_another_unfinished_edit_is_not_overwritten(desk: Desk, fatima: Any) -> None:
    address = f"{desk.address}/suggest"
    send(fatima, address, act="draft", body=NEW)
    name_co_author(desk)
    send(fatima, f"{desk.address}/edit", act="draft", body="Half a thought")
    led = send(fatima, address, body=f"{NEW} More.")
    page = fatima.get(led.location)
    assert "You have an unfinished edit of this guide" in page.text
    again = filled(find_form(page.text))
    assert (again["body"], drafts(desk)) == ([f"{NEW} More."], 1)
    assert form_of(fatima, f"{desk.address}/edit")["body"] == ["Half a thought"]
    send(fatima, f"{desk.address}/edit/discard")
    fatima.post(address, data=again)
    assert (form_of(fatima, f"{desk.address}/edit")["body"], drafts(desk)) == ([f"{NEW} More."], 0)


def test_a_draft_of_another_part_or_another_window_stays(desk: Desk, fatima: Any) -> None:
    address = f"{desk.address}/suggest?section={OTHER}"
    old = {**form_of(fatima, address), "body": "## What it cost us\n\nTwenty days."}
    send(fatima, f"{desk.address}/suggest?section={SECTION}", act="draft", body="## Before you start\n\nAsk.")
    name_co_author(desk)
    fatima.post(address, data=old)
    assert "Twenty days." in form_of(fatima, f"{desk.address}/edit")["body"][0]
    assert drafts(desk) == 1
    assert form_of(fatima, f"{desk.address}/suggest?section={SECTION}")["body"] == ["## Before you start\n\nAsk."]


def test_what_breaks_a_rule_stays_in_the_form(desk: Desk, fatima: Any) -> None:
    address = f"{desk.address}/suggest"
    typed = {**form_of(fatima, address), "body": NEW, "summary": "x" * 301, "act": "send"}
    name_co_author(desk)
    page = fatima.post(address, data=typed)
    assert "Summary must be 300 characters or fewer" in page.text
    assert filled(find_form(page.text))["body"] == [NEW]
