"""What one guide does to what holds many: nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask, g
from sqlalchemy import update

from network.attachments.actions import attach
from network.attachments.pictures import store_picture
from network.core.db import db
from network.core.transaction import transaction
from network.library.models import Guide
from network.library.queries.linked import MOST_LINKS
from network.library.views.linking import with_open_links
from network.portability import archive
from network.portability.links import shut
from network.subjects.viewer import VISITOR
from tests.network.library.shelf import Shelf
from tests.network.portability.travel import files_of, packed
from tests.support.cast import Cast
from tests.support.pictures import picture

MANY = 19_000
"""Addresses that fit into a guide; twice as many values are more than a database takes in one statement."""
WHERE = ("/library/feed.atom", "/library/damp.md", "/library/damp.html", "/packs/pack.html?guide=damp&guide=mould")


def test_a_text_full_of_addresses_breaks_nothing(app: Flask, cast: Cast, shelf: Shelf, client: Any) -> None:
    owen = cast.person("Owen Pritchard")
    shelf.guide(owen, "Mould")
    shelf.guide(owen, "Damp", body="/library/mould " + " ".join(f"/library/a{number}" for number in range(MANY)))
    for address in WHERE:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "Damp" in answer.get_data(as_text=True)
    assert {"guides/damp/guide.md", "guides/mould/guide.md"} <= files_of(packed(app)).keys()


def test_only_so_many_addresses_of_one_text_are_looked_up(app: Flask, cast: Cast, shelf: Shelf) -> None:
    shelf.guide(cast.person("Owen Pritchard"), "Mould")
    others = [f'<a href="/library/a{number}">there</a>' for number in range(MANY)]
    mould = '<a href="/library/mould">Mould</a>'
    with app.test_request_context():
        g.viewer = VISITOR
        for text, open_to_read in ((mould + "".join(others), True), ("".join(others[:MOST_LINKS]) + mould, False)):
            assert (mould in with_open_links(text)) is open_to_read
            assert ("mould" not in shut([text], VISITOR)) is open_to_read
            # What one text holds takes nothing from another.
            assert "mould" not in shut([text, mould], VISITOR)


def test_a_guide_that_cannot_be_written_is_left_out_and_named(
    app: Flask, cast: Cast, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    owen = cast.person("Owen Pritchard")
    for title in ("Damp", "Mould", "Rot"):
        shelf.guide(owen, title)
    written = archive.fields_of

    def breaks(guide: Any, **more: Any) -> Any:
        if guide.row.title == "Mould":
            raise ValueError("this one is broken")
        return written(guide, **more)

    monkeypatch.setattr(archive, "fields_of", breaks)
    files = files_of(packed(app))
    assert {name for name in files if name.endswith("guide.md")} == {"guides/damp/guide.md", "guides/rot/guide.md"}
    manifest = json.loads(files["manifest.json"])
    assert [one["title"] for one in manifest["left_out"]] == ["Mould"]
    assert [one["title"] for one in manifest["guides"]] == ["Damp", "Rot"]
    assert "missing:\n- Mould" in files["README.txt"].decode()


@pytest.mark.parametrize("year", [1975, 2150])
def test_a_guide_of_another_century_leaves_with_the_others(app: Flask, cast: Cast, shelf: Shelf, year: int) -> None:
    owen = cast.person("Owen Pritchard")
    damp, _ = (shelf.guide(owen, title) for title in ("Damp", "Mould"))
    with app.app_context(), transaction():
        at = datetime(year, 5, 6, tzinfo=UTC)
        db.session.execute(update(Guide).where(Guide.id == damp.id).values(updated_at=at))
    files = files_of(packed(app))
    assert {"guides/damp/guide.md", "guides/mould/guide.md"} <= files.keys()
    assert f"updated: '{year}-05-06" in files["guides/damp/guide.md"].decode()


def test_a_picture_leaves_with_the_text_that_names_it(app: Flask, cast: Cast, shelf: Shelf) -> None:
    owen = cast.person("Owen Pritchard")
    with app.app_context():
        named, unfinished = (store_picture(picture(size=(width, 300)), "plan.png") for width in (400, 300))
    guide = shelf.guide(owen, "Damp", body=f"![The wall](/files/{named.name})")
    with app.app_context(), transaction():
        for stored in (named, unfinished):
            attach(stored, subject="guide", subject_id=guide.id, uploaded_by=owen)
    files = files_of(packed(app))
    pictures = [name for name in files if "/pictures/" in name]
    assert len(pictures) == 1
    assert named.digest[:16] in pictures[0]
    assert unfinished.digest not in files["guides/damp/guide.md"].decode()
