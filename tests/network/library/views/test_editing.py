"""Editing: every save a version, no save over one that was not seen, unfinished edits kept."""

from __future__ import annotations

import threading
from typing import Any

from flask import Flask
from sqlalchemy import select

from network.core.db import db
from network.library.models import Guide, GuideVersion
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast
from tests.support.sending import filled, find_form, send


def versions(app: Flask) -> list[tuple[int, str, str]]:
    with app.app_context():
        rows = db.session.execute(
            select(GuideVersion.number, GuideVersion.body, GuideVersion.note).order_by(GuideVersion.number)
        )
        return [(row.number, row.body, row.note) for row in rows]


def test_an_edit_is_a_version_with_its_note_and_no_check(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    client, guide = cast.client(priya), shelf.guide(priya, "Bins", body="Old")
    answer = send(client, "/library/bins/edit", act="publish", body="New", note="Newer figures")
    assert answer.location == "/library/bins"
    assert versions(app) == [(1, "Old", ""), (2, "New", "Newer figures")]
    page = client.get("/library/bins").get_data(as_text=True)
    assert "Newer figures" in page
    with app.app_context():
        assert db.session.get_one(Guide, guide.id).checked_at == guide.checked_at


def test_a_new_title_moves_the_guide_and_the_old_address_leads_on(cast: Cast, shelf: Shelf, client: Any) -> None:
    priya = cast.person()
    shelf.guide(priya, "Bins")
    writer = cast.client(priya)
    assert send(writer, "/library/bins/edit", act="publish", title="Waste", note="n").location == "/library/waste"
    assert send(writer, "/library/waste/edit", act="publish", title="Refuse", note="n").location == "/library/refuse"
    for old in ("bins", "waste"):
        answer = client.get(f"/library/{old}?page=1")
        assert (answer.status_code, answer.location) == (301, "/library/refuse?page=1")
    assert client.get("/library/bins/history").location == "/library/refuse/history"
    assert shelf.guide(priya, "Bins").slug == "bins-2"
    assert send(writer, "/library/refuse/edit", act="publish", title="Waste", note="n").location == "/library/waste"
    assert client.get("/library/refuse").location == "/library/waste"


def test_what_changed_must_be_said(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    shelf.guide(priya, "Bins")
    page = send(cast.client(priya), "/library/bins/edit", act="publish", body="New").get_data(as_text=True)
    assert "Enter what changed" in page
    assert len(versions(app)) == 1


def test_of_two_edits_at_once_neither_is_lost(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya, owen = cast.person(), cast.person("Owen Pritchard")
    shelf.guide(priya, "Bins", body="First", co_author_ids=[owen])
    mine, theirs = cast.client(priya), cast.client(owen)
    form = filled(find_form(mine.get("/library/bins/edit").get_data(as_text=True)))
    send(theirs, "/library/bins/edit", act="publish", body="Quite other words", note="By Owen")
    answer = mine.post(
        "/library/bins/edit", data={**form, "act": "publish", "body": "Sentences of mine", "note": "By me"}
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Owen Pritchard saved a newer version" in page
    assert "Quite other words" in page
    assert "Quite other words" in [body for _, body, _ in versions(app)]
    again = filled(find_form(page))
    assert again["body"] == ["Sentences of mine"]
    assert mine.post("/library/bins/edit", data={**again, "act": "publish"}).status_code == 303
    assert [body for _, body, _ in versions(app)] == ["First", "Quite other words", "Sentences of mine"]


def test_edits_of_different_paragraphs_are_brought_together(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya, owen = cast.person(), cast.person("Owen Pritchard")
    shelf.guide(priya, "Bins", body="Ring the depot.\n\nWait ten days.", co_author_ids=[owen])
    mine, theirs = cast.client(priya), cast.client(owen)
    form = filled(find_form(mine.get("/library/bins/edit").get_data(as_text=True)))
    send(theirs, "/library/bins/edit", act="publish", body="Ring the depot.\n\nWait five days.", note="n")
    typed = {**form, "act": "publish", "title": "Waste", "body": "Write to the depot.\n\nWait ten days.", "note": "n"}
    answer = mine.post("/library/bins/edit", data=typed)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Look at it before you publish" in page
    again = filled(find_form(page))
    assert again["title"] == ["Waste"]
    assert again["body"][0].strip() == "Write to the depot.\n\nWait five days."
    assert mine.post("/library/bins/edit", data={**again, "act": "publish"}).status_code == 303
    assert versions(app)[-1][1].strip() == "Write to the depot.\n\nWait five days."


def test_where_both_changed_a_paragraph_only_that_is_left_to_choose(cast: Cast, shelf: Shelf) -> None:
    priya, owen = cast.person(), cast.person("Owen Pritchard")
    shelf.guide(priya, "Bins", body="Ring the depot.\n\nWait ten days.", co_author_ids=[owen])
    mine, theirs = cast.client(priya), cast.client(owen)
    form = filled(find_form(mine.get("/library/bins/edit").get_data(as_text=True)))
    send(theirs, "/library/bins/edit", act="publish", body="Ring the office.\n\nWait five days.", note="n")
    typed = {**form, "act": "publish", "body": "Ring the mayor.\n\nWait ten days.", "note": "n"}
    page = mine.post("/library/bins/edit", data=typed).get_data(as_text=True)
    assert "Compare the two before you publish" in page
    assert filled(find_form(page))["body"][0].strip() == "Ring the mayor.\n\nWait five days."
    assert "1 paragraph changes" in page


def test_one_s_own_newer_version_is_told_as_that(cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    shelf.guide(priya, "Bins", body="First")
    mine = cast.client(priya)
    form = filled(find_form(mine.get("/library/bins/edit").get_data(as_text=True)))
    send(cast.client(priya), "/library/bins/edit", act="publish", body="First\n\nMore", note="n")
    page = mine.post("/library/bins/edit", data={**form, "act": "publish", "title": "Waste", "note": "n"})
    assert "You saved a newer version" in page.get_data(as_text=True)


def test_where_nothing_differs_any_more_no_marks_are_explained(cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    shelf.guide(priya, "Bins", body="First")
    mine = cast.client(priya)
    form = filled(find_form(mine.get("/library/bins/edit").get_data(as_text=True)))
    send(cast.client(priya), "/library/bins/edit", act="publish", body="First\n\nMore", note="n")
    page = mine.post("/library/bins/edit", data={**form, "act": "publish", "note": "n"}).get_data(as_text=True)
    assert "The two texts are the same" in page
    assert "Underlined is what you wrote" not in page


def test_sending_an_edit_twice_makes_one_version(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    shelf.guide(priya, "Bins")
    client = cast.client(priya)
    form = filled(find_form(client.get("/library/bins/edit").get_data(as_text=True)))
    typed = {**form, "act": "publish", "body": "New", "note": "n", "title": "Waste"}
    first, second = client.post("/library/bins/edit", data=typed), client.post("/library/bins/edit", data=typed)
    assert first.location == "/library/waste"
    assert second.status_code in (301, 303, 308)
    assert len(versions(app)) == 2


def test_simultaneous_edits_make_one_version_each_or_a_conflict(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    shelf.guide(priya, "Bins", body="First")
    clients = [cast.client(priya) for _ in range(4)]
    forms = [filled(find_form(c.get("/library/bins/edit").get_data(as_text=True))) for c in clients]
    answers: list[int] = []

    def save(number: int) -> None:
        data = {**forms[number], "act": "publish", "body": f"Text {number}", "note": "n"}
        answers.append(clients[number].post("/library/bins/edit", data=data).status_code)

    threads = [threading.Thread(target=save, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [303, 409, 409, 409]
    assert len(versions(app)) == 2


def test_an_unfinished_edit_is_kept_and_offered_again(app: Flask, cast: Cast, shelf: Shelf, client: Any) -> None:
    priya, owen = cast.person(), cast.person("Owen Pritchard")
    shelf.guide(priya, "Bins", body="Published words", co_author_ids=[owen])
    writer = cast.client(priya)
    answer = send(writer, "/library/bins/edit", act="draft", body="Half a thought", tags="csv")
    assert answer.location == "/library/bins/edit"
    page = writer.get("/library/bins/edit").get_data(as_text=True)
    assert filled(find_form(page))["body"] == ["Half a thought"]
    assert filled(find_form(page))["tags"] == ["csv"]
    assert "Your edit was saved on" in page
    assert "Unfinished edit" in writer.get("/drafts").get_data(as_text=True)
    assert "Half a thought" not in client.get("/library/bins").get_data(as_text=True)
    other = cast.client(owen).get("/library/bins/edit").get_data(as_text=True)
    assert "Half a thought" not in other
    assert send(writer, "/library/bins/edit", act="publish", note="Done").status_code == 303
    assert versions(app)[-1][1] == "Half a thought"
    assert "Unfinished edit" not in writer.get("/drafts").get_data(as_text=True)


def test_an_unfinished_edit_behind_a_newer_version_meets_it_on_publishing(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya, owen = cast.person(), cast.person("Owen Pritchard")
    shelf.guide(priya, "Bins", body="First", co_author_ids=[owen])
    writer = cast.client(priya)
    send(writer, "/library/bins/edit", act="draft", body="Mine", note="n")
    send(cast.client(owen), "/library/bins/edit", act="publish", body="Owen's", note="n")
    assert "A newer version was published since" in writer.get("/library/bins/edit").get_data(as_text=True)
    assert send(writer, "/library/bins/edit", act="publish").status_code == 409
    assert [body for _, body, _ in versions(app)] == ["First", "Owen's"]


def test_an_unfinished_edit_is_thrown_away_after_asking(cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    shelf.guide(priya, "Bins", body="Published words")
    client = cast.client(priya)
    send(client, "/library/bins/edit", act="draft", body="Half a thought")
    assert send(client, "/library/bins/edit/discard").location == "/library/bins"
    page = client.get("/library/bins/edit").get_data(as_text=True)
    assert filled(find_form(page))["body"] == ["Published words"]


def test_who_may_open_the_edit_page(cast: Cast, shelf: Shelf, client: Any) -> None:
    priya, owen = cast.person(), cast.person("Owen Pritchard")
    shelf.guide(priya, "Bins", co_author_ids=[owen])
    assert client.get("/library/bins/edit").location.startswith("/sign-in?next=")
    assert cast.client(cast.person("Tom Adeyemi")).get("/library/bins/edit").status_code == 403
    page = cast.client(owen).get("/library/bins/edit").get_data(as_text=True)
    assert 'name="co_authors"' not in page
    assert 'name="check_due"' not in page
    assert "Edit</a>" not in client.get("/library/bins").get_data(as_text=True)


def test_a_co_authors_edit_leaves_owner_and_co_authors(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya, owen = cast.person(), cast.person("Owen Pritchard")
    guide = shelf.guide(priya, "Bins", co_author_ids=[owen], tags=("csv",))
    client = cast.client(owen)
    answer = send(client, "/library/bins/edit", act="publish", note="n", owner=f"person:{owen}", co_authors="")
    assert answer.status_code == 303
    with app.app_context():
        assert db.session.get_one(Guide, guide.id).owner_person_id == priya
    assert cast.client(owen).get("/library/bins/edit").status_code == 200


def test_a_public_guide_cannot_be_moved_into_a_closed_group(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    closed = cast.group("closed", closed=True, members=(priya,))
    opened = cast.group("open", members=(priya,))
    guide = shelf.guide(priya, "Bins")
    client = cast.client(priya)
    page = send(client, "/library/bins/edit", act="publish", note="n", group=str(closed)).get_data(as_text=True)
    assert "Not a valid choice" in page
    assert send(client, "/library/bins/edit", act="publish", note="n", group=str(opened)).status_code == 303
    with app.app_context():
        assert db.session.get_one(Guide, guide.id).group_id == opened
