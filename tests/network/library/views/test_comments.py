"""Comments under guides."""

from __future__ import annotations

from typing import Any

from flask import Flask

from network.core.db import db
from network.library.models import Guide
from network.library.subject import cards, entries
from network.subjects.viewer import Viewer
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast
from tests.support.sending import filled, find_form, send


def test_every_member_comments_and_readers_see_it(app: Flask, cast: Cast, shelf: Shelf, client: Any) -> None:
    guide = shelf.guide(cast.person(), "Bins")
    writer = cast.client(cast.person("Tom Adeyemi"))
    answer = send(writer, "/library/bins/reply", body="It worked for **us**")
    assert answer.location == "/library/bins#post-1"
    page = client.get("/library/bins").get_data(as_text=True)
    assert "It worked for <strong>us</strong>" in page
    assert "Tom Adeyemi" in page
    assert "/library/bins/reply" in page
    with app.app_context():
        assert db.session.get_one(Guide, guide.id).comment_count == 1


def test_a_visitor_is_sent_to_sign_in(cast: Cast, shelf: Shelf, client: Any) -> None:
    shelf.guide(cast.person(), "Bins")
    assert client.get("/library/bins/reply").location == "/sign-in?next=/library/bins/reply"


def test_a_comment_sent_twice_stands_once(app: Flask, cast: Cast, shelf: Shelf) -> None:
    guide = shelf.guide(cast.person(), "Bins")
    client = cast.client(cast.person("Tom Adeyemi"))
    page = client.get("/library/bins").get_data(as_text=True)
    form = filled(find_form(page, action="/library/bins/reply"))
    for _ in range(2):
        assert client.post("/library/bins/reply", data={**form, "body": "Once"}).location == "/library/bins#post-1"
    with app.app_context():
        assert db.session.get_one(Guide, guide.id).comment_count == 1


def test_a_comment_is_edited_and_withdrawn(app: Flask, cast: Cast, shelf: Shelf, client: Any) -> None:
    guide = shelf.guide(cast.person(), "Bins")
    writer = cast.client(cast.person("Tom Adeyemi"))
    send(writer, "/library/bins/reply", body="First words")
    send(writer, "/library/bins/posts/1/edit", body="Better words")
    assert "Better words" in client.get("/library/bins").get_data(as_text=True)
    assert "First" in client.get("/library/bins/posts/1/history").get_data(as_text=True)
    send(writer, "/library/bins/posts/1/withdraw")
    assert "Better words" not in client.get("/library/bins").get_data(as_text=True)
    with app.app_context():
        assert db.session.get_one(Guide, guide.id).comment_count == 0


def test_comments_are_found_with_their_guide(app: Flask, cast: Cast, shelf: Shelf) -> None:
    guide = shelf.guide(cast.person(), "Bins")
    writer = cast.client(cast.person("Tom Adeyemi"))
    with app.app_context():
        before = next(iter(entries([guide.id]))).revision
    send(writer, "/library/bins/reply", body="Mentions zebras")
    with app.app_context():
        entry = next(iter(entries([guide.id])))
        assert "zebras" in entry.body
        assert "zebras" in cards([guide.id], Viewer())[guide.id].text
        assert entry.revision > before


def test_nobody_outside_comments_in_a_closed_group(cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    closed = cast.group("closed", closed=True, facilitators=(priya,))
    slug = shelf.guide(priya, "Bins", group_id=closed).slug
    outsider = cast.client(cast.person("Tom Adeyemi"))
    for path in ("reply", "posts/1/history", "posts/1/edit"):
        assert outsider.get(f"/library/{slug}/{path}").status_code == 404
    page = cast.client(priya).get(f"/library/{slug}").get_data(as_text=True)
    assert "Only members of Closed can read this." in page
