"""Feeds of guides: valid, with full text and credit, cheap to ask again, and public only."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

from flask import Flask
from sqlalchemy import select, update

from network.core.clock import now
from network.core.db import db
from network.core.transaction import transaction
from network.core.web.forms import clean_text
from network.feeds.models import FeedKey
from network.library.importing.own import front_matter
from network.library.models import Guide
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast
from tests.support.queries import count_queries
from tests.support.sending import send

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client: Any, address: str) -> list[str]:
    """Titles of an Atom feed, which must be one."""
    response = client.get(address)
    assert response.status_code == 200, address
    assert response.mimetype == "application/atom+xml"
    feed = ElementTree.fromstring(response.data)
    for name in ("id", "title", "updated"):
        assert feed.findtext(f"{ATOM}{name}")
    assert [link.get("href") for link in feed.iter(f"{ATOM}link") if link.get("rel") == "self"]
    found = list(feed.iter(f"{ATOM}entry"))
    ids = [entry.findtext(f"{ATOM}id") or "" for entry in found]
    assert all(id_.startswith("urn:uuid:") for id_ in ids)
    assert len(set(ids)) == len(ids)
    return [entry.findtext(f"{ATOM}title") or "" for entry in found]


def test_each_list_has_its_feed_and_names_it(app: Flask, cast: Cast, shelf: Shelf, client: Any) -> None:
    owen, priya = cast.person("Owen Pritchard"), cast.person("Priya Raman")
    place = cast.organisation()
    shelf.guide(owen, "Damp & <mould>", topic_ids=(cast.topic(),), kind="template")
    guide = shelf.guide(priya, "Bins")
    with app.app_context(), transaction():
        db.session.execute(update(Guide).where(Guide.id == guide.id).values(organisation_id=place))
    wanted = {
        "/library/feed.atom": ["Bins", "Damp & <mould>"],
        "/library/feed.atom?kind=template": ["Damp & <mould>"],
        "/topics/open-data/feed.atom": ["Damp & <mould>"],
        "/organisations/harrowdale/feed.atom": ["Bins"],
        "/people/owen-pritchard/feed.atom": ["Damp & <mould>"],
    }
    for address, titles in wanted.items():
        assert entries(client, address) == titles, address
        page = client.get(address.replace("/feed.atom", "")).get_data(as_text=True)
        assert page.count(f'href="{address}"') == 2, address
    for address in ("/topics/nothing/feed.atom", "/people/nobody/feed.json", "/organisations/none/feed.atom"):
        assert client.get(address).status_code == 404
    assert "feed.atom" not in client.get("/topics/nothing").get_data(as_text=True)
    assert client.get("/feeds").status_code == 200


def test_an_entry_has_the_full_text_with_full_addresses_licence_and_credit(
    cast: Cast, shelf: Shelf, client: Any
) -> None:
    owen, priya = cast.person("Owen Pritchard"), cast.person("Priya Raman")
    closed = cast.group("cases", closed=True, facilitators=(owen,))
    hidden = shelf.guide(owen, "Zebrafinch", group_id=closed)
    body = f"## Part\n\n[Us](/about) and [that](/library/{hidden.slug}) <b>bold</b> ]]> and a bell \x07.\n"
    guide = shelf.guide(owen, "Damp \x0b \ufffe", body=body, co_author_ids=[priya])
    answer = client.get("/library/feed.json")
    feed = json.loads(answer.data)
    (item,) = feed["items"]
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert 'href="http://localhost/about"' in item["content_html"]
    assert hidden.slug not in item["content_html"]
    assert item["id"] == f"urn:uuid:{guide.uuid}"
    assert [author["name"] for author in item["authors"]] == ["Owen Pritchard", "Priya Raman"]
    assert item["_common_practice"]["licence"]["name"] == "CC BY 4.0"
    entries(client, "/library/feed.atom")
    text = client.get("/library/feed.atom").get_data(as_text=True)
    assert '<link rel="license" href="https://creativecommons.org' in text
    assert "&lt;h2" in text


def test_no_field_of_a_guide_can_break_the_feed(cast: Cast, shelf: Shelf, client: Any) -> None:
    owen = cast.person("Owen Pritchard")
    strange = {"licence": "other", "licence_name": "Ours \ufffe", "licence_address": "https://ours.example/\uffff"}
    shelf.guide(owen, "Damp", summary="\ufffe", language="en\uffff", **strange)
    assert entries(client, "/library/feed.atom") == ["Damp"]
    assert b"<rights>Ours </rights>" in client.get("/library/feed.atom").data
    # Nor does such a letter come in by a form.
    assert clean_text("a\ufffeb\uffffc\x0bd") == "abcd"


def test_an_item_says_for_programs_how_far_to_trust_it(app: Flask, cast: Cast, shelf: Shelf, client: Any) -> None:
    owen = cast.person("Owen Pritchard")
    closed = cast.group("cases", closed=True, facilitators=(owen,))
    fresh, old, flagged, hidden = (shelf.guide(owen, title) for title in ("Fresh", "Old", "Flagged", "Hidden way"))
    last, secret = shelf.guide(owen, "Last"), shelf.guide(owen, "Zebrafinch", group_id=closed)
    today = now().date()
    values: dict[int, dict[str, Any]] = {
        fresh.id: {"checked_at": now(), "check_due": today + timedelta(days=90), "use_count": 3},
        old.id: {"checked_at": now(), "check_due": today - timedelta(days=1)},
        flagged.id: {"checked_at": now(), "check_due": today + timedelta(days=9), "flagged_at": now()},
        last.id: {"superseded_by_id": fresh.id, "flagged_at": now()},
        hidden.id: {"superseded_by_id": secret.id},
    }
    with app.app_context(), transaction():
        for guide_id, changes in values.items():
            db.session.execute(update(Guide).where(Guide.id == guide_id).values(**changes))
    answer = client.get("/library/feed.json")
    items = {item["title"]: item["_common_practice"] for item in json.loads(answer.data)["items"]}
    assert {title: item["state"] for title, item in items.items()} == {
        "Fresh": "in-date", "Old": "overdue", "Flagged": "flagged", "Last": "superseded", "Hidden way": "superseded",
    }  # fmt: skip
    assert (items["Fresh"]["used_by"], items["Fresh"]["version"]) == (3, 1)
    assert items["Fresh"]["check_due"] == (today + timedelta(days=90)).isoformat()
    assert items["Last"]["superseded_by"] == f"http://localhost/library/{fresh.slug}"
    assert "superseded_by" not in items["Hidden way"]
    assert secret.slug not in answer.get_data(as_text=True)
    assert "Last-Modified" not in answer.headers
    with app.app_context(), transaction():
        db.session.execute(update(Guide).where(Guide.id == old.id).values(use_count=1))
    changed = {"If-None-Match": answer.headers["ETag"]}
    assert client.get("/library/feed.json", headers=changed).status_code == 200
    for guide, item in ((flagged, items["Flagged"]), (last, items["Last"])):
        text = client.get(f"/library/{guide.slug}.md").get_data(as_text=True)
        trust = front_matter(text, guide.slug or "")[0]["trust"]
        assert trust == {name: item[name] for name in trust}
        assert {"state", "used_by", "flagged"} <= set(trust)
    assert secret.slug not in client.get(f"/library/{hidden.slug}.md").get_data(as_text=True)


def test_asking_again_costs_a_few_bytes_and_few_queries(app: Flask, cast: Cast, shelf: Shelf, client: Any) -> None:
    owen = cast.person("Owen Pritchard")
    for number in range(22):
        shelf.guide(owen, f"Guide {number}")
    assert len(entries(client, "/library/feed.atom")) == 20
    with count_queries(app) as queries:
        first = client.get("/library/feed.atom")
    assert len(queries) <= 5, queries.statements
    for headers in ({"If-None-Match": first.headers["ETag"]}, {"If-Modified-Since": first.headers["Last-Modified"]}):
        again = client.get("/library/feed.atom", headers=headers)
        assert (again.status_code, again.data) == (304, b"")


def test_where_reading_is_for_members_a_key_opens_feeds_until_another_is_drawn(
    app: Flask, cast: Cast, shelf: Shelf, client: Any
) -> None:
    owen = cast.person("Owen Pritchard")
    shelf.guide(owen, "Damp")
    app.config["OPEN_READING"] = False
    for address in ("/library/feed.atom", "/library/feed.atom?key=", f"/library/feed.atom?key={'x' * 32}"):
        assert client.get(address).status_code == 404
    member = cast.client(owen)
    assert send(member, "/feeds", action="/feeds/key").status_code == 303
    with app.app_context():
        key = db.session.scalars(select(FeedKey.secret)).one()
    assert f"?key={key}" in member.get("/feeds").get_data(as_text=True)
    answer = client.get(f"/library/feed.atom?key={key}")
    assert answer.status_code == 200
    assert key not in answer.get_data(as_text=True)
    send(member, "/feeds", action="/feeds/key")
    assert client.get(f"/library/feed.atom?key={key}").status_code == 404
