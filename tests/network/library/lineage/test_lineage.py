"""Adapted from: named while writing, begun by a button, shown both ways as far as the reader may read."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from network.core.db import db
from network.core.transaction import transaction
from network.library.actions.ending import restore_withdrawn, withdraw
from network.library.lineage.actions import recount
from network.library.models import Guide
from tests.network.library.adoptions.uses import Town, send, words
from tests.network.library.shelf import Shelf
from tests.support.sending import filled, find_form

DRAFT = {"act": "publish", "kind": "guide", "language": "en", "body": "Words of ours"}


@pytest.fixture
def town(cast: Any, shelf: Shelf) -> Town:
    """A guide “Bins”, and people elsewhere."""
    return Town(cast, shelf)


def test_a_draft_begins_with_the_words_of_another_guide(town: Town) -> None:
    visitor, nia = town.cast.client(), town.cast.client(town.nia)
    assert "/library/bins/adapt" in words(visitor, "/library/bins")
    assert visitor.get("/library/bins/adapt").location == "/sign-in?next=/library/bins/adapt"
    assert "/library/bins/adapt" not in words(town.cast.client(town.owner), "/library/bins")
    assert "CC BY 4.0" in words(nia, "/library/bins/adapt")
    draft = send(nia, "/library/bins/adapt").location
    page = words(nia, draft)
    assert "Ask who will read it." in page
    assert 'value="/library/bins"' in page
    assert "Adapted by" not in words(visitor, "/library/bins"), "drafts show to nobody"
    send(nia, draft, **DRAFT, title="Bins by the sea", licence="CC-BY-4.0", adapted_from="/library/bins")
    page = words(visitor, "/library/bins-by-the-sea")
    assert "Adapted from" in page
    assert "by Owen Pritchard, Harrowdale Council" in page
    town.settle()
    assert "Bins by the sea" in words(visitor, "/library/bins")


def test_it_is_named_by_title_or_address_or_refused(town: Town, shelf: Shelf) -> None:
    shelf.guide(town.tom, "Same name")
    shelf.guide(town.nia, "Same name")
    mine = shelf.guide(town.nia, "Ours")
    nia = town.cast.client(town.nia)

    def edit(words_typed: str) -> str:
        answer = send(nia, "/library/ours/edit", **DRAFT, title="Ours", licence="CC-BY-4.0", note="More",
                      adapted_from=words_typed)  # fmt: skip
        return "" if answer.status_code == 303 else answer.get_data(as_text=True)

    assert "Enter the title or address of a guide" in edit("Nothing called so")
    assert "Several guides have this title" in edit("same NAME")
    assert "A guide cannot be adapted from itself" in edit("/library/ours")
    for named in ("bins", "  BINS ", "/library/bins", "http://localhost/library/bins?x=1#used"):
        assert edit(named) == "", named
        with town.app.app_context(), transaction():
            row = db.session.get_one(Guide, mine.id)
            assert row.adapted_from_id == town.guide
            row.adapted_from_id = None
    assert edit("bins") == ""
    assert edit("") == ""
    assert "Adapted from" not in words(nia, "/library/ours")
    with town.app.app_context():
        assert db.session.get_one(Guide, town.guide).adaptation_count == 0


def test_a_licence_of_another_kind_is_named_and_kept(town: Town, shelf: Shelf) -> None:
    shelf.guide(town.owner, "Ours only", licence="other", licence_name="Ask First 1.0",
                licence_address="https://ask.example/first")  # fmt: skip
    nia = town.cast.client(town.nia)
    page = words(nia, "/library/ours-only/adapt")
    assert "Ask First 1.0" in page
    assert "Read first whether it lets you" in page
    draft = send(nia, "/library/ours-only/adapt").location
    page = words(nia, draft)
    assert "The licence is Ask First 1.0" in page
    assert 'name="licence"' not in page
    # Saving what is half written keeps it too, by a button or by itself.
    half = {**DRAFT, "title": "Half", "adapted_from": "/library/ours-only"}
    assert "Ask First 1.0" in words(nia, send(nia, draft, **{**half, "act": "preview"}).location)
    assert send(nia, draft, **{**half, "act": "draft"}).status_code == 303
    assert nia.post(f"{draft}/autosave", data=filled(find_form(words(nia, draft)))).status_code == 200
    with town.app.app_context():
        licences = select(Guide.licence_name).where(Guide.state == "draft")
        assert db.session.scalars(licences).all() == ["Ask First 1.0"]
    send(nia, draft, **DRAFT, title="Made of it", licence="CC0-1.0", adapted_from="/library/ours-only")
    page = words(town.cast.client(), "/library/made-of-it")
    assert page.count("Ask First 1.0") == 2
    assert "CC0" not in page


def test_lineage_shows_only_what_the_reader_may_read(app: Flask, town: Town, shelf: Shelf) -> None:
    closed = town.cast.group("serious-cases", closed=True, facilitators=(town.nia,), members=(town.tom,))
    secret = shelf.guide(town.nia, "Zebrafinch", group_id=closed)
    nia, visitor, tom = town.cast.client(town.nia), town.cast.client(), town.cast.client(town.tom)
    assert "/adapt" not in words(tom, f"/library/{secret.slug}")
    assert tom.get(f"/library/{secret.slug}/adapt").status_code == 403
    send(nia, f"/library/{secret.slug}/edit", **DRAFT, title="Zebrafinch", licence="CC-BY-4.0", note="More",
         adapted_from="Bins")  # fmt: skip
    mine = shelf.guide(town.nia, "Ours", co_author_ids=[town.lone])
    send(nia, "/library/ours/edit", **DRAFT, title="Ours", licence="CC-BY-4.0", note="More", adapted_from="Zebrafinch")
    assert "Zebrafinch" in words(tom, "/library/bins")
    assert "Zebrafinch" in words(tom, "/library/ours")
    for page in ("/library/bins", "/library/ours"):
        assert "Zebrafinch" not in words(visitor, page)
        assert "Adapted" not in words(visitor, page)
    lone = town.cast.client(town.lone)
    page = words(lone, "/library/ours/edit")
    assert "Zebrafinch" not in page
    assert "Adapted from" not in page
    send(lone, "/library/ours/edit", **DRAFT, title="Ours", licence="CC-BY-4.0", note="More", adapted_from="Bins")
    with app.app_context():
        assert db.session.get_one(Guide, mine.id).adapted_from_id == secret.id, "what one cannot see one cannot change"
    stranger = send(lone, "/library/new", **DRAFT, title="Guess", licence="CC-BY-4.0", adapted_from="Zebrafinch")
    assert "Enter the title or address of a guide" in stranger.get_data(as_text=True)


def test_a_withdrawn_source_keeps_its_credit(app: Flask, town: Town) -> None:
    nia = town.cast.client(town.nia)
    draft = send(nia, "/library/bins/adapt").location
    send(nia, draft, **DRAFT, title="Ours", licence="CC-BY-4.0", adapted_from="/library/bins")
    viewer = town.cast.viewer(town.owner)
    with app.app_context(), transaction():
        withdraw(viewer=viewer, guide_id=town.guide, reason="Old")
        db.session.get_one(Guide, town.guide).adaptation_count = 5
    page = words(town.cast.client(), "/library/ours")
    assert "“Bins”" in page
    assert 'href="/library/bins"' not in page
    with app.app_context():
        recount()
        assert db.session.get_one(Guide, town.guide).adaptation_count == 1


def test_an_adaptation_that_was_put_back_counts_again(town: Town, shelf: Shelf) -> None:
    ours = shelf.guide(town.nia, "Ours")
    with town.app.app_context(), transaction():
        db.session.get_one(Guide, ours.id).adapted_from_id = town.guide

    def count() -> int:
        town.settle()
        with town.app.app_context():
            return db.session.get_one(Guide, town.guide).adaptation_count

    assert count() == 1
    nia = town.cast.viewer(town.nia)
    with town.app.app_context(), transaction():
        withdraw(viewer=nia, guide_id=ours.id, reason="Old")
    assert count() == 0
    with town.app.app_context(), transaction():
        restore_withdrawn(viewer=nia, guide_id=ours.id)
    assert count() == 1
