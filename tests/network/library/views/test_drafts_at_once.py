"""Two windows of one draft at the same moment: what one of them publishes or throws away costs the other no words."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from network.core.db import db
from network.core.transaction import transaction
from network.library.actions import drafting, publishing
from network.library.composing.views import saving as saving_by_itself
from network.library.models import Guide
from network.library.views import drafts
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast
from tests.support.html import parsed_page
from tests.support.sending import filled, find_form, form_of, send, send_at_once

MINE = "From the other window"


@pytest.fixture
def priya(cast: Cast) -> int:
    return cast.person()


@pytest.fixture
def guide_id(shelf: Shelf, priya: int) -> int:
    return shelf.draft(priya, "Bins", body="Begun").id


@pytest.fixture
def writer(cast: Cast, priya: int) -> Any:
    return cast.client(priya)


def shown_in(page: Any) -> list[str]:
    """The text that a page has to copy, outside of any form."""
    root = parsed_page(page.text)
    return [(field.text or "").removeprefix("\n") for field in root.iter("textarea") if field.get("name") == "body"]


def meanwhile(app: Flask, monkeypatch: pytest.MonkeyPatch, where: Any, name: str, act: Any, **given: Any) -> None:
    """Have somebody do it once, when the page has loaded its draft and before it does anything itself."""
    usual = getattr(where, name)

    def late(*args: Any, **kwargs: Any) -> Any:
        monkeypatch.setattr(where, name, usual)
        with transaction():
            act(**given)
        return usual(*args, **kwargs)

    monkeypatch.setattr(where, name, late)


@pytest.mark.parametrize(("act", "name"), [("publish", "creating"), ("draft", "take_steps")])
def test_what_is_sent_while_a_draft_is_published_goes_on_beside_it(
    app: Flask, cast: Cast, priya: int, guide_id: int, writer: Any, monkeypatch: pytest.MonkeyPatch, act: str, name: str
) -> None:
    typed = {**form_of(writer, f"/drafts/{guide_id}"), "body": MINE, "act": act, "note": "n"}
    viewer = cast.viewer(priya)
    meanwhile(app, monkeypatch, drafts, name, publishing.publish_draft, viewer=viewer, guide_id=guide_id)
    sent = writer.post(f"/drafts/{guide_id}", data=typed)
    assert (sent.status_code, sent.location) == (307, "/library/bins/edit?begun=draft")
    both = writer.post(sent.location, data=typed)
    if act == "publish":
        assert both.status_code == 409
        assert filled(find_form(both.text))["body"] == [MINE]
    assert form_of(writer, "/library/bins/edit")["body"] == [MINE]


@pytest.mark.parametrize("act", ["publish", "draft", "preview"])
def test_what_is_sent_while_a_draft_is_thrown_away_is_shown_to_be_copied(
    app: Flask, cast: Cast, priya: int, guide_id: int, writer: Any, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    typed = {**form_of(writer, f"/drafts/{guide_id}"), "body": MINE, "act": act}
    viewer = cast.viewer(priya)
    meanwhile(app, monkeypatch, drafts, "take_steps", drafting.discard_draft, viewer=viewer, guide_id=guide_id)
    page = writer.post(f"/drafts/{guide_id}", data=typed)
    assert page.status_code == 404
    assert shown_in(page) == [MINE]


def test_a_page_of_a_draft_that_was_thrown_away_still_gives_its_words_back(writer: Any, guide_id: int) -> None:
    typed = {**form_of(writer, f"/drafts/{guide_id}"), "body": MINE, "act": "draft"}
    send(writer, f"/drafts/{guide_id}/discard")
    assert shown_in(writer.post(f"/drafts/{guide_id}", data=typed)) == [MINE]
    assert writer.get(f"/drafts/{guide_id}").status_code == 404
    assert writer.post(f"/drafts/{guide_id}", data={**typed, "title": "", "body": "", "summary": ""}).status_code == 404


def test_a_draft_of_others_is_answered_like_none(app: Flask, cast: Cast, guide_id: int) -> None:
    stranger = cast.client(cast.person("Tom Adeyemi"))
    typed = {**form_of(stranger, "/library/new"), "title": "Mine", "body": MINE, "act": "draft"}
    for number in (guide_id, guide_id + 1000):
        page = stranger.post(f"/drafts/{number}", data=typed)
        assert (page.status_code, shown_in(page)) == (404, [MINE])
    with app.app_context():
        assert db.session.scalars(select(Guide.body)).all() == ["Begun"]


def test_a_draft_is_thrown_away_by_two_windows_at_once(
    app: Flask, cast: Cast, priya: int, guide_id: int, writer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed, viewer = form_of(writer, f"/drafts/{guide_id}/discard"), cast.viewer(priya)
    meanwhile(app, monkeypatch, drafts, "Form", drafting.discard_draft, viewer=viewer, guide_id=guide_id)
    assert writer.post(f"/drafts/{guide_id}/discard", data=typed).location == "/drafts"


def test_the_script_hears_that_the_draft_is_gone(
    app: Flask, cast: Cast, priya: int, guide_id: int, writer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = {**form_of(writer, f"/drafts/{guide_id}"), "body": MINE}
    viewer = cast.viewer(priya)
    meanwhile(
        app, monkeypatch, saving_by_itself, "draft_form", drafting.discard_draft, viewer=viewer, guide_id=guide_id
    )
    answer = writer.post(f"/drafts/{guide_id}/autosave", data=typed)
    assert answer.status_code == 409
    assert "thrown away" in answer.get_json()["conflict"]


def test_two_windows_that_publish_at_once_end_at_both_texts(cast: Cast, priya: int, guide_id: int) -> None:
    clients = [cast.client(priya), cast.client(priya)]
    forms = [
        {**form_of(client, f"/drafts/{guide_id}"), "body": f"{MINE} {number}", "act": "publish"}
        for number, client in enumerate(clients)
    ]
    assert sorted(send_at_once(clients, f"/drafts/{guide_id}", forms)) == [303, 307]
