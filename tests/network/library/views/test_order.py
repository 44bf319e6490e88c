"""The order in which a guide's page is read, which is the order on a phone."""

from __future__ import annotations

from network.core.db import db
from network.core.transaction import transaction
from network.library.models import Guide
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast


def test_use_stands_before_the_text_and_the_facts_before_the_comments(cast: Cast, shelf: Shelf) -> None:
    guide = shelf.guide(cast.person(), "Bins").id
    with shelf.app.app_context(), transaction():
        db.session.get_one(Guide, guide).use_count = 5
    page = cast.client().get("/library/bins").get_data(as_text=True)
    marks = ("<h1", "5 organisations use this guide</a>", 'class="cp-prose"', 'id="versions"', "cp-panel__number")
    places = [page.index(mark) for mark in (*marks, 'class="cp-facts"', 'id="comments"')]
    assert places == sorted(places)
