"""Drafts are their writers' alone; nothing that two of them write is lost."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from network.core.db import db
from network.core.transaction import transaction
from network.library.composing.outlines import outline
from network.library.models import Guide
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast
from tests.support.queries import count_queries
from tests.support.sending import filled, find_form, send


def body_of(app: Flask, guide_id: int) -> str:
    with app.app_context():
        return db.session.scalars(select(Guide.body).where(Guide.id == guide_id)).one()


def test_a_draft_is_saved_again_and_published(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    client, draft = cast.client(priya), shelf.draft(priya, "Bins")
    answer = send(client, f"/drafts/{draft.id}", act="draft", body="New words")
    assert answer.location == f"/drafts/{draft.id}"
    page = client.get(answer.location).get_data(as_text=True)
    assert "New words" in page
    assert "Draft saved on" in page
    published = send(client, f"/drafts/{draft.id}", act="publish", title="Bins, better")
    assert published.location == "/library/bins-better"
    assert client.get(f"/drafts/{draft.id}").location == "/library/bins-better/edit"


def test_only_its_writers_can_tell_that_a_draft_exists(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya, owen = cast.person(), cast.person("Owen Pritchard")
    admin = cast.person("Ann Evans", role="administrator")
    draft = shelf.draft(priya, "Bins", co_author_ids=[owen])
    for person, status in ((priya, 200), (owen, 200), (admin, 404), (cast.person("Tom Adeyemi"), 404)):
        client = cast.client(person)
        assert client.get(f"/drafts/{draft.id}").status_code == status
        listed = "Bins" in client.get("/drafts").get_data(as_text=True)
        assert listed == (status == 200)
    assert cast.client().get(f"/drafts/{draft.id}").status_code == 303


def test_a_draft_and_the_list_of_drafts_say_the_same_of_who_sees_it(cast: Cast, shelf: Shelf) -> None:
    priya, owen = cast.person(), cast.person("Owen Pritchard")
    alone, helped = shelf.draft(priya, "Bins"), shelf.draft(priya, "Boats", co_author_ids=[owen])
    mine, theirs = cast.client(priya), cast.client(owen)
    assert "Only you can see it until you name co-authors." in mine.get(f"/drafts/{alone.id}").text
    for client in (mine, theirs):
        assert "Only its author and its co-authors can see it." in client.get(f"/drafts/{helped.id}").text
        assert "Only you and the co-authors you name can see a draft." in client.get("/drafts").text


def test_a_co_author_saves_but_neither_publishes_nor_hands_over(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya, owen = cast.person(), cast.person("Owen Pritchard")
    draft = shelf.draft(priya, "Bins", co_author_ids=[owen])
    client = cast.client(owen)
    page = client.get(f"/drafts/{draft.id}").get_data(as_text=True)
    assert 'value="publish"' not in page
    assert 'name="co_authors"' not in page
    assert send(client, f"/drafts/{draft.id}", act="draft", body="Owen's").status_code == 303
    assert body_of(app, draft.id) == "Owen's"
    assert send(client, f"/drafts/{draft.id}", act="publish", body="Owen's").status_code == 403
    assert client.get(f"/drafts/{draft.id}/discard").status_code in (200, 403)
    assert send(client, f"/drafts/{draft.id}/discard").status_code == 403


def test_two_writers_at_once_see_both_texts(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya, owen = cast.person(), cast.person("Owen Pritchard")
    draft = shelf.draft(priya, "Bins", body="Ours", co_author_ids=[owen])
    mine, theirs = cast.client(priya), cast.client(owen)
    form = filled(find_form(mine.get(f"/drafts/{draft.id}").get_data(as_text=True)))
    send(theirs, f"/drafts/{draft.id}", act="draft", body="Owen was quicker")
    answer = mine.post(f"/drafts/{draft.id}", data={**form, "act": "draft", "body": "Priya wrote this"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Owen was quicker" in page
    again = filled(find_form(page))
    assert again["body"] == ["Priya wrote this"]
    assert body_of(app, draft.id) == "Owen was quicker"
    assert mine.post(f"/drafts/{draft.id}", data={**again, "act": "draft"}).status_code == 303
    assert body_of(app, draft.id) == "Priya wrote this"


def test_saving_twice_is_no_conflict(cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    client, draft = cast.client(priya), shelf.draft(priya)
    form = filled(find_form(client.get(f"/drafts/{draft.id}").get_data(as_text=True)))
    sent = [client.post(f"/drafts/{draft.id}", data={**form, "act": "draft", "body": "Same"}) for _ in range(2)]
    assert [answer.status_code for answer in sent] == [303, 303]


def test_a_draft_is_thrown_away_after_asking(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    client, draft = cast.client(priya), shelf.draft(priya, "Bins")
    assert "gone for good" in client.get(f"/drafts/{draft.id}/discard").get_data(as_text=True)
    assert send(client, f"/drafts/{draft.id}/discard").location == "/drafts"
    assert client.get(f"/drafts/{draft.id}").status_code == 404


def test_a_draft_with_an_address_leads_its_writers_to_it_and_others_nowhere(
    app: Flask, cast: Cast, shelf: Shelf
) -> None:
    priya = cast.person()
    draft = shelf.draft(priya)
    with app.app_context(), transaction():
        db.session.get_one(Guide, draft.id).slug = "imported"
    assert cast.client(priya).get("/library/imported").location == f"/drafts/{draft.id}"
    assert cast.client(cast.person("Tom Adeyemi")).get("/library/imported").status_code == 404
    assert cast.client().get("/library/imported").status_code == 404


def test_the_list_shows_the_first_words_of_each_with_as_many_queries_for_many(
    app: Flask, cast: Cast, shelf: Shelf
) -> None:
    priya = cast.person()
    client = cast.client(priya)
    shelf.draft(priya, "", body="# Bins\n\nWe moved **all** [bins](https://bins.example) at once.", summary="")
    shelf.draft(priya, "Boats", body="Text", summary="How we moved the boats")
    shelf.draft(priya, "Begun", body=outline("guide") + "\n\nAnd here it begins.", summary="")
    shelf.draft(priya, "Long", body="word " * 5000, summary="")
    shelf.guide(priya, "Waste", body="Published", summary="")
    send(client, "/library/waste/edit", act="draft", body="Edited *zebras*")
    shelf.draft(priya, "Rows", body="```\ncode\n```\n- [x] One\n2. Two\n\n---\n> Said ![a](/b) `so`", summary="")
    page = client.get("/drafts").text
    assert re.search(r'<div class="govuk-button-group[^>]*>\s*<a class="govuk-button[^>]*>Write a guide</a>\s*<a', page)
    firsts = ("We moved all bins at once.", "How we moved the boats", "And here it begins.", "code One Two Said so")
    for words in (*firsts, "Edited zebras"):
        assert f'<p class="cp-row__text">{words}</p>' in page
    assert "Who it helps" not in page
    assert page.count("word ") < 40
    with count_queries(app) as few:
        client.get("/drafts")
    for number in range(5):
        shelf.draft(priya, f"More {number}")
    with count_queries(app) as many:
        client.get("/drafts")
    assert len(many) == len(few) <= 6, many.statements


def test_the_list_comes_in_pages_and_lays_nothing_out(
    cast: Cast, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    priya = cast.person()
    client = cast.client(priya)
    for number in range(21):
        shelf.draft(priya, f"Draft {number}", body="*Begun*", summary="")

    def lays_out(*_: object, **__: object) -> None:
        raise AssertionError("a list of drafts laid one out")

    monkeypatch.setattr("network.library.content.render", lays_out)
    first, second = client.get("/drafts").text, client.get("/drafts?page=2").text
    shown = re.findall(r"Draft \d+", first + second)
    assert (first.count("cp-row__text"), second.count("cp-row__text")) == (20, 1)
    assert len(set(shown)) == 21
    assert 'href="/drafts?page=2"' in first
    assert client.get("/drafts?page=3").status_code == 404
