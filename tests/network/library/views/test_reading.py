"""A guide's page, in every state and for every reader, within its budget of queries."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask

from network.attachments.actions import attach, detach
from network.attachments.pictures import store_picture
from network.core.db import db
from network.core.transaction import transaction
from network.library.actions import commenting, ending
from network.library.checks import today
from network.library.content import Source
from network.library.models import ImportSource
from network.library.rules import Owner
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast
from tests.support.pictures import picture
from tests.support.queries import count_queries
from tests.support.sending import send


def read(client: Any, slug: str = "bins") -> str:
    answer = client.get(f"/library/{slug}")
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))


def test_the_page_says_what_a_reader_needs_to_trust_it(app: Flask, cast: Cast, shelf: Shelf, client: Any) -> None:
    cast.organisation("harrowdale")
    priya, owen = cast.person(job_title="Data lead"), cast.person("Owen Pritchard")
    at = datetime(2026, 11, 3, 12, tzinfo=UTC)
    topic = cast.topic("open-data", "Open data")
    shelf.guide(priya, "Bins", co_author_ids=[owen], topic_ids=(topic,), tags=("csv",), at=at, note="First")
    page = read(client)
    for words in (
        "Checked 3 November 2026",
        "1 minute read",
        "Data lead, Harrowdale Council, with 1 other",
        'href="/people/owen-pritchard"',
        'href="/topics/open-data"',
        "CC BY 4.0",
        "3 November 2027",
        'href="#h-before-you-start"',
        "By Priya Raman. First",
        "csv",
    ):
        assert words in page
    assert '<form method="post"' not in page


@pytest.mark.parametrize(("days", "words"), [(-1, "Check overdue"), (30, "Check due"), (31, "Checked ")])
def test_the_check_tag_follows_the_date(
    app: Flask, cast: Cast, shelf: Shelf, client: Any, days: int, words: str
) -> None:
    with app.app_context():
        due = today() + timedelta(days=days)
    shelf.guide(cast.person(), "Bins", check_due=due)
    page = read(client)
    assert f'">{words}' in page
    assert ("may be out of date" in page) == (days < 0)


def test_a_new_guide_is_not_checked_by_being_published(app: Flask, cast: Cast, shelf: Shelf, client: Any) -> None:
    priya = cast.person()
    shelf.guide(priya, "Bins", at=datetime(2026, 11, 3, 12, tzinfo=UTC), checked=False)
    page = read(client)
    assert "Published on 3 November 2026, not checked yet. The first check is due on 3 November 2027." in page
    assert page.count("Not checked yet") == 2
    assert "Checked" not in page
    assert "Not checked yet" in str(client.get("/library").get_data(as_text=True))
    send(cast.client(priya), "/library/bins/check", facts="yes", advice="yes", months="12")
    assert "Checked by Priya Raman on" in read(client)


def test_an_imported_guide_names_its_source(app: Flask, cast: Cast, shelf: Shelf, client: Any) -> None:
    with app.app_context(), transaction():
        source = ImportSource(name="The Manual", address="https://manual.example/", licence="OGL-UK-3.0")
        db.session.add(source)
        db.session.flush()
        source_id = source.id
    shelf.guide(cast.person(), "Bins", source=Source(source_id, "bins.md", "x"), checked=False, elsewhere=True)
    page = read(client)
    assert "Not checked here yet" in page
    assert 'First published by <a class="govuk-link" href="https://manual.example/">The Manual</a>' in page
    assert "under Open Government Licence v3.0." in page


def test_a_withdrawn_guide_says_why_and_what_replaces_it(app: Flask, cast: Cast, shelf: Shelf, client: Any) -> None:
    priya = cast.person()
    old, new = shelf.guide(priya, "Bins"), shelf.guide(priya, "Waste")
    viewer = cast.viewer(priya)
    with app.app_context(), transaction():
        ending.withdraw(viewer=viewer, guide_id=old.id, reason="The rules changed", successor_id=new.id)
    answer = client.get("/library/bins")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 410
    assert "The rules changed" in page
    assert 'href="/library/waste"' in page
    for part in ("history", "history/1", "history/compare"):
        assert client.get(f"/library/bins/{part}", follow_redirects=True).status_code == 410


def test_a_closed_groups_guide_is_nowhere_for_others(app: Flask, cast: Cast, shelf: Shelf, client: Any) -> None:
    priya, tom = cast.person(), cast.person("Tom Adeyemi")
    closed = cast.group("closed", closed=True, facilitators=(priya,))
    old = shelf.guide(priya, "Secret", group_id=closed)
    shelf.guide(priya, "Bins")
    viewer = cast.viewer(priya)
    with app.app_context(), transaction():
        ending.withdraw(viewer=viewer, guide_id=old.id, reason="r")
    plans = shelf.guide(priya, "Secret plans", group_id=closed).slug or ""
    outsiders = [client, cast.client(tom), cast.client(cast.person("Ann Evans", role="administrator"))]
    for outsider in outsiders:
        for path in (old.slug, plans, f"{plans}/history", f"{plans}/history/1", "secret-plans", "nothing"):
            assert outsider.get(f"/library/{path}").status_code == 404
        for path in (
            "/library",
            "/library?group=closed",
            f"/library?by={'priya-raman'}",
            "/topics",
            "/people/priya-raman",
        ):
            assert "Secret" not in outsider.get(path).get_data(as_text=True)
    assert "For members" not in read(cast.client(priya), plans)
    assert "Secret plans" in cast.client(priya).get("/library").get_data(as_text=True)


def test_a_superseded_guide_leads_to_its_successor_as_far_as_one_may_see_it(
    app: Flask, cast: Cast, shelf: Shelf, client: Any
) -> None:
    priya = cast.person()
    closed = cast.group("closed", closed=True, facilitators=(priya,))
    first, second = shelf.guide(priya, "First"), shelf.guide(priya, "Second")
    hidden, third = shelf.guide(priya, "Hidden", group_id=closed), shelf.guide(priya, "Third")
    viewer = cast.viewer(priya)
    with app.app_context(), transaction():
        ending.supersede(viewer=viewer, guide_id=first.id, by_id=second.id)
        ending.supersede(viewer=viewer, guide_id=third.id, by_id=hidden.id)
    assert 'href="/library/second"' in read(client, "first")
    assert "Superseded" in read(client, "first")
    assert "Hidden" not in read(client, "third")
    assert "Hidden" in read(cast.client(priya), "third")


@pytest.mark.parametrize("owner", ["person", "group", "organisation"])
def test_every_kind_of_owner_shows(cast: Cast, shelf: Shelf, client: Any, owner: str) -> None:
    organisation = cast.organisation("harrowdale")
    priya = cast.person()
    group = cast.group("data-leads", facilitators=(priya,))
    ids = {"person": priya, "group": group, "organisation": organisation}
    shelf.guide(priya, "Bins", owner=Owner(owner, ids[owner]))  # type: ignore[arg-type]
    name = {"person": "Priya Raman", "group": "Data leads", "organisation": "Harrowdale Council"}[owner]
    assert name in read(client)
    assert name in client.get("/library").get_data(as_text=True)


def test_the_page_costs_few_queries(app: Flask, cast: Cast, shelf: Shelf, client: Any) -> None:
    priya, owen = cast.person(), cast.person("Owen Pritchard")
    topics = tuple(cast.topic(f"topic-{number}") for number in range(5))
    guide = shelf.guide(priya, "Bins", co_author_ids=[owen], topic_ids=topics, tags=("a", "b"))
    viewer = cast.viewer(owen)
    with app.app_context():
        for number in range(5):
            with transaction():
                commenting.comment(viewer=viewer, guide_id=guide.id, body="x", html=f"<p>Comment {number}</p>")
    read(client)
    with count_queries(app) as queries:
        assert "Comment 4" in read(client)
    assert len(queries) <= 4, queries.statements
    # Of its writers one thing more is asked: whether they have an unfinished edit.
    for person, most in ((cast.person("Tom Adeyemi"), 5), (priya, 6)):
        member = cast.client(person)
        read(member)
        with count_queries(app) as queries:
            read(member)
        assert len(queries) <= most, queries.statements


def test_only_its_writer_is_told_of_an_unfinished_edit(cast: Cast, shelf: Shelf) -> None:
    priya, owen = cast.person(), cast.person("Owen Pritchard")
    shelf.guide(priya, "Bins", co_author_ids=[owen])
    mine = cast.client(priya)
    assert "You have an unfinished edit" not in mine.get("/library/bins").text
    send(mine, "/library/bins/edit", act="draft", body="Half a zebra")
    page = mine.get("/library/bins").text
    note = page.partition("You have an unfinished edit from")[2].partition("</div>")[0]
    assert 'href="/library/bins/edit">Go on with it' in note
    assert 'href="/library/bins/edit/discard">Throw it away' in note
    admin = cast.person("Ann Evans", role="administrator")
    for person in (owen, admin, cast.person("Tom Adeyemi"), None):
        assert "You have an unfinished edit" not in cast.client(person).get("/library/bins").text
    send(mine, "/library/bins/edit/discard")
    assert "You have an unfinished edit" not in mine.get("/library/bins").text


def test_links_to_guides_out_of_sight_and_to_none_at_all_look_alike(cast: Cast, shelf: Shelf) -> None:
    priya, owen = cast.person(), cast.person("Owen Pritchard")
    closed = cast.group("safeguarding", closed=True, members=[priya])
    secret = shelf.guide(priya, "Told in confidence", group_id=closed).slug
    links = f"[one](/library/{secret}) and [one](/library/never-written) and [new](/library/new)"
    shelf.guide(priya, "Bins", body=f"See {links}, which [anybody](/library/open) reads.")
    shelf.guide(priya, "Open")
    seen = read(cast.client(owen))
    assert seen.count("one <span") == 2
    assert 'href="/library/open"' in seen
    assert 'href="/library/new"' in seen
    assert f'href="/library/{secret}"' in read(cast.client(priya))


def test_the_first_pictures_need_no_scrolling_to_be_printed(app: Flask, cast: Cast, shelf: Shelf) -> None:
    with app.app_context():
        stored = store_picture(picture(), "map.png")
    shown = '<img src="a.png" loading="lazy">'
    body = f"`{shown}`\n\n" + f"![Map](/files/{stored.name})\n\n" * 12
    guide = shelf.guide(cast.person(), body=body)
    page = cast.client().get(f"/library/{guide.slug}").get_data(as_text=True)
    assert unescape(page).count(shown) == 1, "what a guide shows as code stays as it was typed"
    found = re.findall(r"<img [^>]*src=\"/files/[^>]*>", page)
    assert [number for number, tag in enumerate(found) if 'loading="lazy"' in tag] == [10, 11]


def test_pictures_come_in_the_size_that_a_screen_needs(app: Flask, cast: Cast, shelf: Shelf) -> None:
    author = cast.person()
    with app.app_context():
        wide, narrow = (store_picture(picture(size=(width, 300)), "map.png") for width in (1500, 300))
    guide = shelf.guide(author, body=f"![Wide](/files/{wide.name}) ![Narrow](/files/{narrow.name})")
    with app.app_context(), transaction():
        for stored in (wide, narrow):
            attach(stored, subject="guide", subject_id=guide.id, uploaded_by=author)
    client = cast.client()
    page = client.get(f"/library/{guide.slug}").get_data(as_text=True)
    found = re.findall(r'srcset="([^"]+)"', page)
    assert len(found) == 1
    addresses = re.findall(r"(/files/\S+) (\d+)w", found[0])
    assert [width for _, width in addresses] == ["400", "800", "1500"]
    assert {client.get(address).status_code for address, _ in addresses} == {200}
    with app.app_context(), transaction():
        detach(wide.name)
    assert {client.get(address).status_code for address, _ in addresses} == {404}, "its sizes go with it"


def test_sections_that_are_kept_hold_nothing_of_one_reader(app: Flask, cast: Cast, shelf: Shelf, client: Any) -> None:
    shelf.guide(cast.person(), "Bins")
    readers = [cast.client(cast.person(name)) for name in ("Tom Adeyemi", "Owen Pritchard")]
    tokens = [set(re.findall(r'name="csrf_token" value="([^"]+)"', read(reader))) for reader in (*readers, *readers)]
    assert [len(found) for found in tokens] == [1, 1, 1, 1], "a page has its reader's token and no other"
    assert tokens[0].isdisjoint(tokens[1])
    assert "csrf_token" not in read(client)
