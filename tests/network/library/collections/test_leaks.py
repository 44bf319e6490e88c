"""What is closed does not leak by a collection, by what links here, by what is related or by a report of links."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from network.core.db import db
from network.core.transaction import transaction
from network.core.worker import drain
from network.groups.models import Group
from network.library.actions.commenting import comment
from network.library.collections import actions
from network.library.collections.actions import Thing
from network.library.linking.keeping import go_over_everything
from network.library.models import Guide
from network.library.related.making import make
from network.threads.writing import render_post
from tests.network.library.shelf import Shelf
from tests.support.canaries import DRAFT, INSIDERS, OPEN, ROLES, SECRET, Canaries
from tests.support.cast import Cast

HINT = "narwhal"  # In notes on what only members may read, within a list that everybody may read.


@pytest.fixture
def linked(app: Flask, canaries: Canaries) -> Canaries:
    """Collections and links between what everybody may read and what only some may."""
    cast = Cast(app)
    shelf = Shelf(cast)
    member, author = canaries.roles["member"] or 0, canaries.roles["author"] or 0
    with app.app_context():
        ids = {
            word: db.session.scalars(select(Guide.id).where(Guide.title.contains(word))).one()
            for word in (OPEN, SECRET)
        }
        closed = db.session.scalars(select(Group.id).where(Group.slug == "serious-cases")).one()
        draft = db.session.scalars(select(Guide.uuid).where(Guide.title.contains(DRAFT))).one()
    open_guide = f"/library/working-with-{OPEN}"
    shelf.guide(
        member, f"Told about {SECRET}", group_id=closed, body=f"As in [it]({open_guide}) and [it]({canaries.guide})."
    )
    shelf.guide(
        author, "Open to see", body=f"[one]({open_guide}), [two]({canaries.guide}), [three]({canaries.discussion})"
    )
    shelf.draft(author, f"Not yet {DRAFT}", body=f"[it]({open_guide})")
    insider, outsider = cast.viewer(member), cast.viewer(author)
    said = f"[See]({open_guide})"
    with app.app_context():
        html = render_post(said).html
        with transaction():
            comment(viewer=insider, guide_id=ids[SECRET], body=said, html=html)
            mixed = actions.begin(viewer=insider, title="For everybody", purpose="Mixed")
            for word in (SECRET, OPEN):
                note = HINT if word == SECRET else "Fine"
                actions.add(viewer=insider, collection_id=mixed.id, thing=Thing("guide", ids[word]), note=note)
            inside = actions.begin(viewer=insider, title=f"List of {SECRET}", purpose=SECRET, group_id=closed)
            actions.add(viewer=insider, collection_id=inside.id, thing=Thing("guide", ids[OPEN]), note=SECRET)
            actions.begin(viewer=outsider, title="Of the author", purpose="Empty")
    while drain(app):
        pass
    with app.app_context():
        go_over_everything()
        for guide in db.session.scalars(select(Guide.id).where(Guide.state == "published")).all():
            make(guide)
    canaries.draft = f"/g/{draft}"
    return canaries


def pages(canaries: Canaries) -> list[str]:
    guide = f"/library/working-with-{OPEN}"
    with canaries.app.app_context():
        permanent = db.session.scalars(select(Guide.uuid).where(Guide.title.contains(SECRET))).all()
    found = [guide, "/library/open-to-see", "/library/open-to-see/links", f"{guide}/links", "/broken-links"]
    found += [
        "/collections",
        "/collections?show=mine",
        "/collections/for-everybody",
        "/collections/for-everybody/history",
    ]
    found += [
        f"{guide}/collect",
        f"/collections/of-the-author?find={SECRET}",
        f"/collections/of-the-author?find={DRAFT}",
    ]
    found += [f"/collections/of-the-author?find={canaries.guide}", f"/collections/new?add={canaries.guide}"]
    found += ["/topics/open-data", "/groups/serious-cases/guides", "/search?q=list", "/search?q=list&in=collection"]
    found += ["/search?q=everybody", "/search/suggest?q=list", f"{guide}/cite.bib", f"{canaries.guide}/cite.ris"]
    return [*found, *(f"/g/{uuid}" for uuid in permanent), canaries.draft]


def test_nobody_reads_what_is_not_for_them(linked: Canaries) -> None:
    for role in ROLES:
        client = linked.client(role)
        for address in pages(linked):
            if address.startswith("/g/") and role not in (*INSIDERS, "author"):
                assert client.get(address).status_code == 404, f"{role} is led on from {address}"
            text = _without_own_words(_text(client, address))
            if role not in INSIDERS:
                assert SECRET not in text, f"{role} reads the closed group’s word at {address}"
                assert HINT not in text, f"{role} reads a note on what they may not read at {address}"
                assert "2 things" not in text, f"{role} learns at {address} how much there is"
            if role != "author":
                assert DRAFT not in text, f"{role} reads the draft’s word at {address}"
    _those_whom_it_is_for_do_read_it(linked)
    _a_report_tells_its_owner_no_more_than_they_may_read(linked)


def _those_whom_it_is_for_do_read_it(linked: Canaries) -> None:
    member = linked.client("member")
    guide = _text(member, f"/library/working-with-{OPEN}")
    assert f"Told about {SECRET}" in guide
    assert f"List of {SECRET}" in guide
    assert "Comment on a guide" in guide
    mixed = _text(member, "/collections/for-everybody")
    assert HINT in mixed
    assert "2 things" in mixed
    assert f"List of {SECRET}" in _text(member, "/search?q=list")
    assert _results(member) == _results(linked.client("outsider")) + 1
    visitor = _text(linked.client("visitor"), f"/library/working-with-{OPEN}")
    assert "Open to see" in visitor
    assert "For everybody" in visitor


def _a_report_tells_its_owner_no_more_than_they_may_read(linked: Canaries) -> None:
    """A link into a closed group and one to nothing at all look alike to who is outside."""
    report = _text(linked.client("author"), "/library/open-to-see/links")
    assert report.count("There is nothing at this address that your readers can open") == 2
    assert "closed group" not in report
    inside = _text(linked.client("author"), "/broken-links")
    assert "2 links lead nowhere" in inside


def _results(client: Any) -> int:
    found = re.search(r"<title>(\d+) result", _text(client, "/search?q=list"))
    return int(found[1]) if found else 0


def _text(client: Any, address: str) -> str:
    return str(client.get(address, follow_redirects=True).get_data(as_text=True))


def _without_own_words(page: str) -> str:
    """The page without what the looker typed or wrote: the search box, headings, addresses, and their own links."""
    page = re.sub(r"<title>.*?</title>|<h1.*?</h1>|<input[^>]*>|<p role=\"status\">.*?</p>", "", page, flags=re.S)
    page = re.sub(r'<p class="govuk-!-text-break-word govuk-!-margin-bottom-1 cp-meta">/[^<]*</p>', "", page)
    return re.sub(r'(?:href|action|value)="[^"]*"', "", page)
