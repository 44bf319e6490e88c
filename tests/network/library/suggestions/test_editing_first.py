"""“Edit first” keeps what was written: Preview saves it, and never over another unfinished edit."""

from __future__ import annotations

from typing import Any

import pytest

from network.core.db import db
from network.core.transaction import transaction
from network.library.suggestions.models import WITH_GROUP, Suggestion
from tests.network.library.shelf import BODY
from tests.network.library.suggestions.conftest import Desk
from tests.support.sending import filled, find_form, send

MINE = BODY.replace("Ask who", "Ask nearly everybody who")


@pytest.fixture
def owen(desk: Desk) -> Any:
    desk.suggest()
    return desk.cast.client(desk.owen)


def first(desk: Desk, client: Any, **typed: object) -> str:
    """Press “Edit first”; where that leads."""
    page = f"{desk.address}/suggestions/1"
    return str(send(client, page, action=f"{page}/answer", act="edit", **typed).location)


def body_at(client: Any, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    return filled(find_form(page.text))["body"][0]


def test_preview_keeps_the_words_and_coming_back_by_any_way_shows_them(desk: Desk, owen: Any) -> None:
    looked = send(owen, first(desk, owen, take=["1"], answer="Nearly"), act="preview", body=MINE, note="Mended")
    assert looked.status_code == 303
    assert looked.location.startswith(f"{desk.address}/suggestions/1/edit?take=1&")
    assert "&answer=Nearly&preview=1#" in looked.location
    shown = owen.get(looked.location).text
    assert "</span>nearly everybody" in shown.partition("What changes in the guide")[2]
    assert body_at(owen, first(desk, owen)) == MINE
    back = owen.get(f"{desk.address}/edit")
    assert looked.location == f"{back.location}&preview=1#changes"
    assert "Your edit was saved" in owen.get(back.location).text
    assert body_at(desk.cast.client(desk.owen), back.location) == MINE
    # Looked at twice, and again from the page that Back shows: its own newer text stops nobody.
    again = send(owen, back.location, act="preview", body=f"{MINE} Twice.")
    send(owen, back.location, act="publish", body=body_at(owen, again.location))
    assert (desk.now().body.strip(), desk.row().answer) == (f"{MINE} Twice.".strip(), "Nearly")
    assert "You have an unfinished edit" not in owen.get(desk.address).text


def test_an_unfinished_edit_of_the_guide_is_never_overwritten(desk: Desk, owen: Any) -> None:
    send(owen, f"{desk.address}/edit", act="draft", body="Half a thought of Owen's")
    page = send(owen, first(desk, owen), act="preview", body=MINE)
    assert page.status_code == 200
    assert "You have an unfinished edit of this guide" in page.text
    assert filled(find_form(page.text))["body"] == [MINE]
    assert "</span>nearly everybody" in page.text.partition("What changes in the guide")[2]
    assert body_at(owen, f"{desk.address}/edit") == "Half a thought of Owen's"


def test_a_newer_text_of_another_window_is_shown_beside_this_one(desk: Desk, owen: Any) -> None:
    address = first(desk, owen)
    old = owen.get(address).text
    send(owen, address, act="preview", body=MINE)
    typed = {**filled(find_form(old)), "body": ["Another"], "act": "preview"}
    page = owen.post(address, data=typed)
    assert page.status_code == 409
    assert "You saved this from somewhere else meanwhile" in page.text
    assert filled(find_form(page.text))["body"] == ["Another"]
    assert body_at(owen, address) == MINE


def test_what_cannot_be_published_yet_is_kept_all_the_same(desk: Desk, owen: Any) -> None:
    address = first(desk, owen)
    page = send(owen, address, act="publish", body=MINE, note="")
    assert "Enter what changed" in page.text
    assert body_at(owen, address) == MINE


def test_answered_meanwhile_the_words_are_in_the_editor_of_the_guide(desk: Desk, owen: Any) -> None:
    address = first(desk, owen)
    send(owen, address, act="preview", body=MINE)
    page = f"{desk.address}/suggestions/1"
    send(owen, page, action=f"{page}/answer", act="decline", answer="No")
    led = owen.get(f"{desk.address}/edit", follow_redirects=True)
    assert led.request.path == f"{desk.address}/edit"
    assert "This suggestion is answered" in led.text
    assert filled(find_form(led.text))["body"] == [MINE]


def test_discarded_it_begins_again_with_what_was_suggested(desk: Desk, owen: Any) -> None:
    address = first(desk, owen, take=["1"])
    send(owen, address, act="preview", body=MINE)
    gone = send(owen, f"{desk.address}/edit/discard")
    assert gone.location == address
    assert body_at(owen, gone.location) == BODY.replace("Ask who", "Ask everybody who")


def test_who_may_answer_and_not_edit_keeps_their_words_too(desk: Desk) -> None:
    desk.suggest()
    with desk.app.app_context(), transaction():
        db.session.get_one(Suggestion, desk.row().id).stage = WITH_GROUP
    admin = desk.cast.client(desk.cast.person("Ada Minns", role="administrator"))
    address = first(desk, admin)
    send(admin, address, act="preview", body=MINE)
    assert body_at(admin, address) == MINE
    stranger = desk.cast.client(desk.cast.person("Some Body"))
    assert stranger.get(address).status_code == 403
