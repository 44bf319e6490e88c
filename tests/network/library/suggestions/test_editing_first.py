"""“Edit first” keeps what was written: Preview saves it, and never over another unfinished edit."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import func, select

from network.accounts.keeping import MOST, store
from network.accounts.models import KeptForm
from network.core.db import db
from network.core.transaction import transaction
from network.core.web.forms import creating
from network.library.suggestions import actions
from network.library.suggestions.models import WITH_GROUP, Suggestion
from network.library.suggestions.views import editing
from tests.network.library.shelf import BODY
from tests.network.library.suggestions.conftest import Desk
from tests.support.sending import filled, find_form, form_of, send

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
    looked = send(owen, first(desk, owen), act="preview", body=MINE)
    page = owen.get(looked.location)
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
    discard = re.search(r'href="([^"]*/edit/discard[^"]*)"', owen.get(address).text)
    assert discard
    gone = send(owen, discard[1])
    assert gone.location == address
    assert body_at(owen, gone.location) == BODY.replace("Ask who", "Ask everybody who")


@pytest.fixture
def admin(desk: Desk) -> Any:
    """May answer what nobody else answered, and edit nothing."""
    desk.suggest()
    with desk.app.app_context(), transaction():
        db.session.get_one(Suggestion, desk.row().id).stage = WITH_GROUP
    return desk.cast.client(desk.cast.person("Ada Minns", role="administrator"))


def decline(desk: Desk, person: int | None = None) -> None:
    viewer = desk.cast.viewer(person or desk.owen)
    with desk.app.app_context(), transaction():
        actions.decline(viewer=viewer, guide_id=desk.guide, number=1, answer="No")


def test_who_may_answer_and_not_edit_keeps_their_words_too(desk: Desk, admin: Any) -> None:
    address = first(desk, admin)
    send(admin, address, act="preview", body=MINE)
    assert body_at(admin, address) == MINE
    stranger = desk.cast.client(desk.cast.person("Some Body"))
    assert stranger.get(address).status_code == 403


@pytest.mark.parametrize("act", ["preview", "publish"])
def test_what_was_typed_before_somebody_else_answered_goes_on_in_the_editor(desk: Desk, owen: Any, act: str) -> None:
    address = first(desk, owen, answer="Nearly right")
    typed = {**form_of(owen, address), "body": MINE, "act": act}
    decline(desk)
    led = owen.post(address, data=typed, follow_redirects=True)
    assert led.request.path == f"{desk.address}/edit"
    assert "This suggestion is answered" in led.text
    assert "Your reply was: “Nearly right”" in led.text
    assert filled(find_form(led.text))["body"] == [MINE]
    assert desk.row().state == "declined"


def test_two_who_publish_at_once_lose_nothing(desk: Desk, owen: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    address = first(desk, owen)
    typed = {**form_of(owen, address), "body": MINE, "act": "publish"}

    def too_late(form: Any) -> Any:
        decline(desk)
        return creating(form)

    monkeypatch.setattr(editing, "creating", too_late)
    led = owen.post(address, data=typed, follow_redirects=True)
    assert led.request.path == f"{desk.address}/edit"
    assert filled(find_form(led.text))["body"] == [MINE]


def test_words_of_two_windows_are_shown_beside_each_other_after_the_answer_too(desk: Desk, owen: Any) -> None:
    address = first(desk, owen)
    typed = {**form_of(owen, address), "body": "Another", "act": "publish"}
    send(owen, address, act="preview", body=MINE)
    decline(desk)
    page = owen.post(address, data=typed)
    assert page.status_code == 409
    assert "You saved this from somewhere else meanwhile" in page.text
    again = filled(find_form(page.text))
    assert again["body"] == ["Another"]
    led = owen.post(address, data={**again, "act": "preview"}, follow_redirects=True)
    assert led.request.path == f"{desk.address}/edit"
    assert filled(find_form(led.text))["body"] == ["Another"]


def test_what_cannot_be_kept_after_the_answer_stays_in_the_form(desk: Desk, owen: Any) -> None:
    address = first(desk, owen)
    typed = {**form_of(owen, address), "body": MINE, "summary": "x" * 301, "act": "publish"}
    decline(desk)
    page = owen.post(address, data=typed)
    assert page.status_code == 409
    assert "Summary must be 300 characters or fewer" in page.text
    shown = filled(find_form(page.text))
    assert (shown["summary"], shown["body"]) == (["x" * 301], [MINE])
    assert body_at(owen, f"{desk.address}/edit?here=yes") == MINE


def test_beside_another_edit_what_was_typed_outlives_the_answer_for_a_day(desk: Desk, owen: Any) -> None:
    send(owen, f"{desk.address}/edit", act="draft", body="Half a thought of Owen's")
    address = first(desk, owen)
    typed = {**form_of(owen, address), "body": MINE, "act": "publish"}
    decline(desk)
    kept = owen.post(address, data=typed).location
    assert body_at(owen, kept) == MINE
    assert body_at(owen, f"{desk.address}/edit") == "Half a thought of Owen's"
    send(owen, f"{desk.address}/edit/discard")
    led = send(owen, kept, act="preview")
    assert body_at(owen, owen.get(led.location).location) == MINE


def test_who_may_answer_and_not_edit_still_reads_what_they_wrote_and_can_discard_it(desk: Desk, admin: Any) -> None:
    address = first(desk, admin, answer="Nearly right")
    send(admin, address, act="preview", body=MINE)
    typed = {**form_of(admin, address), "body": f"{MINE} Twice.", "act": "publish"}
    assert f'href="{desk.address}/edit"' in admin.get("/drafts").text
    decline(desk)
    led = admin.get(f"{desk.address}/edit", follow_redirects=True)
    assert "This suggestion is answered" in led.text
    assert filled(find_form(led.text))["answer"] == ["Nearly right"]
    assert "Ask everybody" not in led.text, "what was suggested may be withdrawn"
    assert filled(find_form(led.text))["body"] == [MINE]
    kept = admin.post(address, data=typed).location
    assert body_at(admin, kept) == f"{MINE} Twice."
    assert "?again" not in admin.get(kept).text
    gone = send(admin, f"{desk.address}/edit/discard")
    assert gone.location == desk.address
    assert "Unfinished edit" not in admin.get("/drafts").text


def test_what_is_published_twice_is_nothing_to_keep(desk: Desk, owen: Any) -> None:
    address = first(desk, owen)
    typed = {**form_of(owen, address), "body": MINE}
    owen.post(address, data={**typed, "act": "publish"})
    assert owen.post(address, data={**typed, "act": "preview"}).location == f"{desk.address}/suggestions/1"
    assert "Unfinished edit" not in owen.get("/drafts").text


def test_a_newer_version_is_shown_and_the_words_are_kept(desk: Desk, owen: Any) -> None:
    address = first(desk, owen)
    typed = {**form_of(owen, address), "body": MINE, "act": "publish"}
    desk.publish(f"{BODY}\nMore.\n")
    page = owen.post(address, data=typed)
    assert page.status_code == 409
    assert body_at(owen, address) == MINE
    assert owen.post(address, data={**filled(find_form(page.text)), "act": "publish"}).status_code == 303
    assert "Unfinished edit" not in owen.get("/drafts").text


def test_what_is_looked_at_beside_another_edit_is_found_again_at_its_address(desk: Desk, owen: Any) -> None:
    send(owen, f"{desk.address}/edit", act="draft", body="Half a thought of Owen's")
    shown = send(owen, first(desk, owen, answer="Nearly"), act="preview", body=MINE).location
    assert body_at(owen, shown) == MINE
    assert body_at(desk.cast.client(desk.owen), shown) == MINE
    send(owen, shown, act="publish")
    assert (desk.now().body.strip(), desk.row().answer) == (MINE.strip(), "Nearly")
    assert body_at(owen, f"{desk.address}/edit") == "Half a thought of Owen's"


def test_a_reply_that_an_address_brings_stands_on_the_page_and_can_be_changed(desk: Desk, owen: Any) -> None:
    address = f"{desk.address}/suggestions/1/edit?take=1&answer=You+are+an+idiot"
    assert filled(find_form(owen.get(address).text))["answer"] == ["You are an idiot"]
    looked = send(owen, address, act="preview", answer="Thank you").location
    assert filled(find_form(owen.get(looked).text))["answer"] == ["Thank you"]
    send(owen, address, act="publish", answer="")
    assert (desk.row().state, desk.row().answer) == ("accepted", "")


def test_a_reply_is_published_only_from_the_form(desk: Desk, owen: Any) -> None:
    address = f"{desk.address}/suggestions/1/edit?take=1&answer=You+are+an+idiot"
    typed = {name: value for name, value in form_of(owen, address).items() if name != "answer"}
    owen.post(address, data={**typed, "act": "publish"})
    assert (desk.row().state, desk.row().answer) == ("accepted", "")


def test_a_reply_that_is_too_long_is_said_and_shown(desk: Desk, owen: Any) -> None:
    page = send(owen, first(desk, owen), act="publish", answer="x" * 301)
    assert "Your reply must be 300 characters or fewer" in page.text
    assert filled(find_form(page.text))["answer"] == ["x" * 301]
    assert desk.row().state == "open"


def test_a_reply_typed_when_somebody_else_published_the_same_is_still_read(desk: Desk, owen: Any) -> None:
    address = first(desk, owen, take=["1", "2"])
    typed = {**form_of(owen, address), "answer": "Thank you", "act": "publish"}
    page = f"{desk.address}/suggestions/1"
    send(owen, page, action=f"{page}/answer", act="accept", answer="")
    assert "Your reply was: “Thank you”" in owen.post(address, data=typed, follow_redirects=True).text


@pytest.mark.parametrize(("name", "said"), [("note", "What changed"), ("answer", "Reply")])
def test_what_is_too_long_to_be_brought_along_is_said_before_anything_is_cut(
    desk: Desk, owen: Any, name: str, said: str
) -> None:
    page = f"{desk.address}/suggestions/1"
    shown = send(owen, page, action=f"{page}/answer", act="edit", take=["2"], **{name: "é" * 2000})
    assert shown.status_code == 200
    assert f"{said} must be 300 characters or fewer" in shown.text
    form = filled(find_form(shown.text, action=f"{page}/answer"))
    assert (form[name], form["take"]) == (["é" * 2000], ["2"])


def test_all_that_fits_fits_into_an_address(desk: Desk, owen: Any) -> None:
    address = first(desk, owen, note="𝒜" * 300, answer="𝒜" * 300)
    assert "?take=1-2&" in address
    assert len(address) < 8000
    shown = filled(find_form(owen.get(address).text))
    assert (shown["note"], shown["answer"]) == (["𝒜" * 300], ["𝒜" * 300])


def test_looking_again_and_again_beside_another_edit_leaves_what_else_waits(desk: Desk, owen: Any) -> None:
    send(owen, f"{desk.address}/edit", act="draft", body="Half a thought of Owen's")
    with desk.app.test_request_context():
        waits = store(desk.cast.viewer(desk.owen).account_id, "/library/new", [("title", "Sent too late")])
    shown = address = first(desk, owen)
    for turn in range(MOST + 1):
        shown = send(owen, shown, act="preview", body=f"{MINE} {turn}").location
        assert body_at(owen, shown) == f"{MINE} {turn}"
    with desk.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(KeptForm)) == 2
    for turn in range(MOST + 1):
        send(owen, address, act="preview", body=f"{MINE} {turn}")
    assert "Sent too late" in owen.get(f"/kept/{waits}").text


def test_a_newer_version_is_brought_together_with_what_is_written(desk: Desk, owen: Any) -> None:
    page = f"{desk.address}/suggestions/1/edit"
    form = form_of(owen, page)
    desk.publish(BODY.replace("Nineteen", "Eighteen"))
    answer = owen.post(page, data={**form, "act": "publish", "body": MINE, "note": "Mended"})
    assert (answer.status_code, "Look at it before you publish" in answer.text) == (409, True)
    both = filled(find_form(answer.text))
    assert both["body"][0].strip() == MINE.replace("Nineteen", "Eighteen").strip()
