"""Suggestions that save themselves, and the draft that remembers which part of the guide it changes."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from network.core.db import db
from network.library.suggestions.models import Suggestion
from tests.network.library.shelf import BODY
from tests.network.library.suggestions.conftest import Desk
from tests.support.sending import filled, find_form, form_of, send

SECTION, OTHER = "h-before-you-start", "h-what-it-cost-us"


def drafts(desk: Desk) -> list[tuple[str, str, str]]:
    with desk.app.app_context():
        query = select(Suggestion.section, Suggestion.body, Suggestion.why).where(Suggestion.state == "draft")
        return [(row[0], row[1], row[2]) for row in db.session.execute(query)]


def test_what_is_typed_is_saved_by_itself_and_found_again(desk: Desk) -> None:
    fatima, address = desk.cast.client(desk.fatima), f"{desk.address}/suggest?section={SECTION}"
    page = fatima.get(address).get_data(as_text=True)
    assert f'data-saves-at="{desk.address}/suggest"' in page
    assert 'id="saved"' in page
    form, auto = form_of(fatima, address), f"{desk.address}/suggest/autosave"
    assert fatima.post(auto, data=form).get_json() == {"saved": ""}
    assert drafts(desk) == []
    typed = {**form, "body": "## Before you start\n\nAsk everybody.", "why": "x" * 301}
    first = fatima.post(auto, data=typed).get_json()
    assert first["saved"].startswith("Your suggestion was saved at ")
    assert "300 characters or fewer" in first["saved"]
    # The answer was lost on the line: what the page saved itself is not somebody else's.
    assert fatima.post(auto, data={**typed, "why": "Nobody was asked"}).status_code == 200
    assert drafts(desk) == [
        (SECTION, BODY.replace("Ask who will read it.", "Ask everybody."), "Nobody was asked"),
    ]
    again = form_of(fatima, address)
    assert (again["body"], again["why"]) == (["## Before you start\n\nAsk everybody."], ["Nobody was asked"])
    # A page that was opened before does not write over it, by itself or by a button, unasked.
    old = {**form, "idempotency_key": "another-page-of-hers", "body": "## Before you start\n\nOld."}
    assert fatima.post(auto, data=old).status_code == 409
    asks = fatima.post(address, data={**old, "act": "draft"}).get_data(as_text=True)
    assert "You saved this suggestion from somewhere else" in asks
    assert fatima.post(address, data={**filled(find_form(asks)), "act": "draft"}).status_code == 303
    assert "Old." in drafts(desk)[0][1]
    sent = {**form_of(fatima, address), "why": "Nobody was asked"}
    assert fatima.post(address, data={**sent, "act": "send"}).location == f"{desk.address}/suggestions/1"
    assert fatima.post(auto, data=sent).status_code == 409
    assert drafts(desk) == []


@pytest.mark.parametrize("section", ["", SECTION])
def test_what_a_stale_window_holds_is_kept_beside_and_offered(desk: Desk, section: str) -> None:
    fatima = desk.cast.client(desk.fatima)
    address = f"{desk.address}/suggest" + (f"?section={section}" if section else "")
    a, b = form_of(fatima, address), form_of(fatima, address)
    assert fatima.post(address, data={**a, "act": "draft", "body": "From window A"}).status_code == 303
    assert "another window" not in fatima.get(address).text
    refused = fatima.post(f"{desk.address}/suggest/autosave", data={**b, "body": "From window B"})
    assert (refused.status_code, refused.get_json()["kept"]) == (409, True)
    page = fatima.get(address).text
    assert page.count("You typed something else in another window") == 1
    assert form_of(fatima, address)["body"] == ["From window A"]
    at = re.search(r'href="([^"]+/suggest\?[^"]*kept=[^"]+)"', page)
    assert at is not None
    both = fatima.get(at[1].replace("&amp;", "&")).text
    assert "What differs" in both
    mine = filled(find_form(both))
    assert mine["body"] == ["From window B"]
    assert fatima.post(address, data={**mine, "act": "draft"}).status_code == 303
    assert form_of(fatima, address)["body"] == ["From window B"]
    assert "another window" not in fatima.get(address).text


def test_only_who_may_suggest_saves(desk: Desk) -> None:
    for person, status in ((desk.owen, 403), (None, 303)):
        client = desk.cast.client(person) if person else desk.cast.client()
        form = form_of(desk.cast.client(desk.fatima), f"{desk.address}/suggest")
        token = form_of(client, f"{desk.address}/edit")["csrf_token"] if person else "none"
        posted = client.post(f"{desk.address}/suggest/autosave", data={**form, "csrf_token": token, "body": "B"})
        assert posted.status_code in (status, 400)
    assert drafts(desk) == []


def test_a_draft_remembers_its_section_and_another_part_asks_first(desk: Desk) -> None:
    fatima, address = desk.cast.client(desk.fatima), f"{desk.address}/suggest"
    body = "## Before you start\n\nAsk everybody."
    kept = send(fatima, f"{address}?section={SECTION}", act="draft", body=body)
    assert kept.location == f"{address}?section={SECTION}"
    assert form_of(fatima, kept.location)["body"] == [body]
    listed = fatima.get("/drafts").get_data(as_text=True)
    assert f'href="{address}?section={SECTION}"' in listed
    assert "Suggestion for “Moving a planning register”" in listed
    assert "Suggestion for" not in desk.cast.client(desk.owen).get("/drafts").get_data(as_text=True)
    for other in (f"{address}?section={OTHER}", address):
        page = fatima.get(other).get_data(as_text=True)
        assert "You began a suggestion to “Before you start”" in page
        assert f'href="{address}?section={SECTION}"' in page
        assert "Ask everybody" not in page
    anew = send(fatima, f"{address}?section={OTHER}")
    assert anew.location == f"{address}?section={OTHER}"
    assert drafts(desk) == []
    assert form_of(fatima, anew.location)["body"][0].startswith("## What it cost us")


def test_a_page_of_another_section_neither_loses_the_draft_nor_is_lost(desk: Desk) -> None:
    fatima, address = desk.cast.client(desk.fatima), f"{desk.address}/suggest"
    other = {**form_of(fatima, f"{address}?section={OTHER}"), "body": "## What it cost us\n\nTwenty days."}
    send(fatima, f"{address}?section={SECTION}", act="draft", body="## Before you start\n\nAsk everybody.")
    assert fatima.post(f"{address}/autosave", data=other).status_code == 409
    asks = fatima.post(f"{address}?section={OTHER}", data={**other, "act": "draft"}).get_data(as_text=True)
    assert "You began a suggestion to another part" in asks
    assert "Twenty days." in asks
    sent = fatima.post(f"{address}?section={OTHER}", data={**other, "act": "send", "why": "Counted again"})
    assert sent.location == f"{desk.address}/suggestions/1"
    assert desk.row().body == BODY.replace("Nineteen", "Twenty").rstrip()
    assert [section for section, *_ in drafts(desk)] == [SECTION]
    assert send(fatima, f"{address}?section={SECTION}", act="send", why="Asked").status_code == 303
    assert desk.row(2).body == BODY.replace("Ask who will read it.", "Ask everybody.")


@pytest.mark.parametrize("section", ["", SECTION])
def test_preview_keeps_a_draft_and_shows_it_at_an_address(desk: Desk, section: str) -> None:
    fatima = desk.cast.client(desk.fatima)
    address = f"{desk.address}/suggest" + (f"?section={section}" if section else "")
    form = form_of(fatima, address)
    # Nothing was changed: there is nothing to keep.
    assert "this is what the guide says already" in fatima.post(address, data={**form, "act": "preview"}).text
    assert drafts(desk) == []
    typed = {**form, "act": "preview", "body": "## Before you start\n\nAsk everybody."}
    first, second = fatima.post(address, data=typed), fatima.post(address, data=typed)
    assert first.status_code == 303
    assert first.location == second.location
    assert first.location.endswith("preview=1#changes")
    assert len(drafts(desk)) == 1
    for _ in range(2):
        shown = fatima.get(first.location).text
        assert re.search(r"<ins>.*everybody", shown.partition('id="changes"')[2])
        assert '<div class="cp-preview' in shown
    # Back to the page from which that was sent, and on from there.
    again = fatima.post(address, data={**typed, "body": "## Before you start\n\nAsk everyone twice."})
    assert again.location == first.location
    assert "twice" in fatima.get(again.location).text
    assert len(drafts(desk)) == 1
    assert desk.now().suggestion_count == 0


def test_the_preview_of_a_section_knows_what_the_guide_defines_elsewhere(desk: Desk) -> None:
    notes = "\n\n[^days]: Counted in May.\n\n    And in June.\n\n[^unused]: Not named here.\n\n[law]: https://law.example/7\n"
    desk.publish(f"{BODY}{notes}")
    fatima = desk.cast.client(desk.fatima)
    address = f"{desk.address}/suggest?section={SECTION}"
    body = "## Before you start\n\nAsk everybody[^days], as the [act][law] says."
    form = {**form_of(fatima, address), "act": "preview", "body": body}
    shown = fatima.get(fatima.post(address, data=form).location).text.partition('<div class="cp-preview')[2]
    assert "[^days]" not in shown
    assert re.search(r"Counted in May\..*And in June\.", shown, re.DOTALL)
    assert "Not named here" not in shown
    assert 'href="https://law.example/7"' in shown
    # Only looked at: what is kept is the section as it was typed.
    assert [text.count("Counted in May") for _, text, _ in drafts(desk)] == [1]


def test_a_preview_keeps_what_can_be_kept_and_never_overwrites_what_was_not_seen(desk: Desk) -> None:
    fatima, address = desk.cast.client(desk.fatima), f"{desk.address}/suggest"
    desk_form, phone = form_of(fatima, address), form_of(fatima, address)
    long = {**desk_form, "act": "preview", "body": f"{BODY}\nMore.", "summary": "x" * 301}
    page = fatima.post(address, data=long).text
    assert page.count("Summary must be 300 characters or fewer") >= 3
    assert filled(find_form(page))["summary"] == ["x" * 301]
    kept = form_of(fatima, address)
    assert kept["body"] == [f"{BODY}\nMore."]
    assert len(kept["summary"][0]) < 300
    both = fatima.post(address, data={**phone, "act": "preview", "body": f"{BODY}\nFrom the phone."}).text
    assert "You saved this suggestion from somewhere else" in both
    assert "removed: </span>More" in both
    assert "added: </span>From the phone" in both
    assert 'data-saves-at=""' in both
    assert form_of(fatima, address)["body"] == [f"{BODY}\nMore."]
    seen = {**filled(find_form(both)), "act": "preview"}
    assert fatima.post(address, data=seen).status_code == 303
    assert form_of(fatima, address)["body"] == [f"{BODY}\nFrom the phone."]


def test_a_preview_of_another_section_says_that_it_is_not_kept(desk: Desk) -> None:
    fatima, address = desk.cast.client(desk.fatima), f"{desk.address}/suggest"
    other = {**form_of(fatima, f"{address}?section={OTHER}"), "body": "## What it cost us\n\nTwenty days."}
    send(fatima, f"{address}?section={SECTION}", act="draft", body="## Before you start\n\nAsk everybody.")
    page = fatima.post(f"{address}?section={OTHER}", data={**other, "act": "preview"}).text
    assert "You began a suggestion to another part" in page
    assert '<div class="cp-preview' in page
    assert filled(find_form(page))["body"] == [other["body"]]
    assert [section for section, *_ in drafts(desk)] == [SECTION]
    asks = fatima.get(f"{address}?section={OTHER}&preview=1").text
    assert "You began a suggestion already" in asks


def test_a_draft_that_cannot_be_saved_whole_is_saved_as_far_as_it_can_be(desk: Desk) -> None:
    fatima, address = desk.cast.client(desk.fatima), f"{desk.address}/suggest"
    page = send(fatima, address, act="draft", body=f"{BODY}\nMore.", why="x" * 301).text
    assert "Why must be 300 characters or fewer" in page
    assert filled(find_form(page))["why"] == ["x" * 301]
    assert drafts(desk) == [("", f"{BODY}\nMore.", "")]
    # What the page has seen itself stops nobody.
    assert fatima.post(address, data={**filled(find_form(page)), "why": "Y", "act": "draft"}).status_code == 303
