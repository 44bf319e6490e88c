"""“Suggest a change” and “Edit first” have the editor that guides have: links by title, tables, advice, saving."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from network.core.db import db
from network.core.transaction import transaction
from network.library.suggestions.models import WITH_GROUP, Suggestion
from tests.network.library.shelf import BODY, Shelf
from tests.network.library.suggestions.conftest import NEW, Desk
from tests.support.sending import filled, find_form, form_of, send

LINK = r"[Waste and \*bins\*](/library/waste-and-bins)"
ROWS = "Letter\tWords\nReminder\t412"
TABLE = "| Letter | Words |\n| --- | --- |\n| Reminder | 412 |"
Place = tuple[Any, str]


@pytest.fixture(params=["suggest", "edit"])
def place(request: pytest.FixtureRequest, desk: Desk) -> Place:
    """Who writes, and where."""
    if request.param == "suggest":
        return desk.cast.client(desk.fatima), f"{desk.address}/suggest"
    desk.suggest()
    return desk.cast.client(desk.owen), f"{desk.address}/suggestions/1/edit?take=1&answer=Nearly"


@pytest.fixture
def shelf(desk: Desk) -> Shelf:
    return Shelf(desk.cast)


def looked(client: Any, address: str, act: str = "preview", **typed: object) -> str:
    sent = send(client, address, act=act, **typed)
    assert sent.status_code == 303
    return str(client.get(sent.location).text)


def test_titles_become_links_as_far_as_the_writer_may_read_them(place: Place, desk: Desk, shelf: Shelf) -> None:
    client, address = place
    shelf.guide(desk.owen, "Waste and *bins*")
    tom = desk.cast.person("Tom Adeyemi")
    shelf.guide(tom, "Closed case", group_id=desk.cast.group("cases", closed=True, members=(tom,)))
    page = looked(client, address, body=f"{BODY}\nSee [[Waste and *bins*]] and [[Closed case]].")
    assert f"See {LINK} and [[Closed case]]." in filled(find_form(page))["body"][0]
    assert "No page that you can read is called “Closed case”" in page


def test_a_title_is_a_link_in_what_is_sent_and_in_what_is_published(desk: Desk, shelf: Shelf) -> None:
    shelf.guide(desk.owen, "Waste and *bins*")
    fatima, owen = desk.cast.client(desk.fatima), desk.cast.client(desk.owen)
    words = "Ask who is named in [[Waste and *bins*]]."
    send(fatima, f"{desk.address}/suggest", act="send", body=BODY.replace("Ask who will", f"{words} They"), why="Why")
    assert words.replace("[[Waste and *bins*]]", LINK) in desk.row().body
    send(owen, f"{desk.address}/suggestions/1/edit?take=1", act="publish", body=f"{BODY}\nSee [[Waste and *bins*]].")
    assert desk.now().body.endswith(f"See {LINK}.")


def test_the_script_offers_titles(place: Place) -> None:
    client, address = place
    page = client.get(address).text
    assert 'data-titles="/drafts/titles"' in page
    assert 'data-md-button="page-link"' in page
    assert "Pictures " in page


def test_advice_stands_beside_the_preview(place: Place) -> None:
    client, address = place
    page = looked(client, address, body=f"{BODY}\nSee [here](https://example.org).")
    advice = page.partition("cp-checklist")[2].partition("</ul>")[0]
    assert "Say where the link “here” goes" in advice
    assert "topic" not in advice, "how the guide is filed is not asked here"
    assert "cp-checklist" not in client.get(address).text


def test_rows_of_a_spreadsheet_become_a_table(place: Place) -> None:
    client, address = place
    page = looked(client, address, body=f"{BODY}\n{ROWS}\n")
    assert "Make a table of them" in page
    made = looked(client, address, act="table", body=f"{BODY}\n{ROWS}\n")
    assert TABLE in filled(find_form(made))["body"][0]
    assert "Make a table of them" not in made
    assert TABLE in form_of(client, address)["body"][0]


def test_beside_another_edit_a_table_is_made_in_the_form(desk: Desk) -> None:
    desk.suggest()
    owen, address = desk.cast.client(desk.owen), f"{desk.address}/suggestions/1/edit"
    send(owen, f"{desk.address}/edit", act="draft", body="Half a thought of Owen's")
    page = send(owen, address, act="table", body=f"{BODY}\n{ROWS}\n").text
    assert TABLE in filled(find_form(page))["body"][0]
    assert form_of(owen, f"{desk.address}/edit")["body"] == ["Half a thought of Owen's"]


@pytest.fixture
def first(desk: Desk) -> Callable[[Any], tuple[str, str]]:
    """The page of “Edit first” and where its script saves."""
    desk.suggest()

    def at(client: Any) -> tuple[str, str]:
        address = f"{desk.address}/suggestions/1/edit?take=1&answer=Nearly"
        assert f'data-saves-at="{address.replace("&", "&amp;")}"' in client.get(address).text
        return address, f"{desk.address}/suggestions/1/edit/autosave?take=1&answer=Nearly"

    return at


def test_edit_first_saves_itself_and_leads_back(desk: Desk, first: Callable[[Any], tuple[str, str]]) -> None:
    owen = desk.cast.client(desk.owen)
    address, auto = first(owen)
    form = form_of(owen, address)
    saved = owen.post(auto, data={**form, "body": f"{NEW}\nOne.", "summary": "x" * 301}).get_json()
    assert saved["saved"].startswith("Your edit was saved at ")
    assert "Summary must be 300 characters or fewer" in saved["saved"]
    assert saved["address"] == f"{desk.address}/suggestions/1/edit"
    # The answer was lost on the line: what the page saved itself is not somebody else's.
    assert owen.post(auto, data={**form, "body": f"{NEW}\nTwo."}).status_code == 200
    assert owen.get(f"{desk.address}/edit").location == address
    shown = owen.get(address).text
    assert filled(find_form(shown))["body"] == [f"{NEW}\nTwo."]
    assert 'id="saved"' in shown
    other = owen.post(auto, data={**form, "idempotency_key": "another-page-of-his", "body": "Old"})
    assert other.status_code == 409
    assert "Choose Preview to see both texts" in other.get_json()["conflict"]
    both = owen.post(address, data={**form, "idempotency_key": "another-page-of-his", "body": "Old", "act": "preview"})
    assert both.status_code == 409
    assert "data-saves-at" not in both.text
    assert owen.post(address, data={**form, "body": f"{NEW}\nThree.", "act": "publish"}).status_code == 303
    assert (desk.now().body, desk.row().answer) == (f"{NEW}\nThree.", "Nearly")
    assert owen.post(auto, data={**form, "body": "Late"}).status_code == 409
    assert "You have an unfinished edit" not in owen.get(desk.address).text


def test_edit_first_never_saves_over_another_edit(desk: Desk, first: Callable[[Any], tuple[str, str]]) -> None:
    owen = desk.cast.client(desk.owen)
    address, auto = first(owen)
    form = form_of(owen, address)
    send(owen, f"{desk.address}/edit", act="draft", body="Half a thought of Owen's")
    assert "data-saves-at" not in owen.get(address).text
    assert owen.post(auto, data={**form, "body": "Mine"}).status_code == 409
    assert form_of(owen, f"{desk.address}/edit")["body"] == ["Half a thought of Owen's"]


def test_only_who_may_answer_saves_an_answer(desk: Desk, first: Callable[[Any], tuple[str, str]]) -> None:
    address, auto = first(desk.cast.client(desk.owen))
    form = form_of(desk.cast.client(desk.owen), address)
    fatima = desk.cast.client(desk.fatima)
    token = form_of(fatima, f"{desk.address}/suggest")["csrf_token"]
    assert fatima.post(auto, data={**form, "csrf_token": token}).status_code == 403
    # Whom a silent owner's suggestion was passed on to may, and cannot edit the guide otherwise.
    with desk.app.app_context(), transaction():
        db.session.get_one(Suggestion, desk.row().id).stage = WITH_GROUP
    admin = desk.cast.client(desk.cast.person("Ada Minns", role="administrator"))
    assert admin.post(auto, data={**form_of(admin, address), "body": "Mine"}).status_code == 200
    assert form_of(admin, address)["body"] == ["Mine"]
