"""Out and in again: content, credits, versions, licences, dates and files are the same in another network."""

from __future__ import annotations

import json
import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from network.attachments.actions import attach
from network.attachments.models import StoredFile
from network.attachments.pictures import Stored, store_picture
from network.core.db import db
from network.core.transaction import transaction
from network.groups.viewers import viewer_of
from network.library.actions.checking import check
from network.library.actions.editing import edit
from network.library.actions.ending import supersede, withdraw
from network.library.importing.read import read
from network.library.imports import Options, run_import
from network.library.models import Guide, GuideVersion
from network.portability.codes import code_of
from tests.network.library.shelf import Shelf, content
from tests.network.portability.travel import elsewhere, files_of, packed, told, unpacked
from tests.support.cast import Cast
from tests.support.pictures import photograph, picture

SPRING = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
SUMMER = datetime(2026, 7, 1, 12, tzinfo=UTC)


def attached(app: Flask, guide: Guide, data: bytes) -> Stored:
    with app.app_context():
        stored = store_picture(data, "plan.png")
        with transaction():
            attach(stored, subject="guide", subject_id=guide.id, uploaded_by=None)
        return stored


@pytest.fixture
def full(app: Flask, cast: Cast, shelf: Shelf) -> dict[str, Any]:
    """A library with everything that has to travel, and some that must not."""
    owen, priya = cast.person("Owen Pritchard"), cast.person("Priya Raman")
    shared, only_here = cast.topic("open-data"), cast.topic("bins-and-streets", "Bins & streets")
    closed = cast.group("cases", closed=True, facilitators=(owen,))
    hidden = shelf.guide(owen, "Zebrafinch cases", group_id=closed)
    base = shelf.guide(owen, "Damp and mould", body="## First\n\nAsk.\n", topic_ids=(shared, only_here), at=SPRING)
    letters = shelf.guide(priya, "Letters: a “template”", kind="template", licence="other", licence_name="House rules")
    gone = shelf.guide(owen, "Quokkanut withdrawn")
    drawn, photo = attached(app, base, picture()), attached(app, base, photograph((900, 600)))
    body = (
        f"## First\n\nAsk. ![A plan](/files/{drawn.name}) ![A wall](/files/{photo.name})\n\n"
        f"See [letters](/library/{letters.slug}#what), [cases](/library/{hidden.slug}), [us](/about) and "
        "[them](https://them.example/x).\n\n---\n\n    title: no front matter\n"
    )
    with app.app_context():
        newer = content("Damp and mould", body=body, topic_ids=(shared, only_here), tags=("damp", "housing"))
        by_owen, by_priya = viewer_of(owen), viewer_of(priya)
        with transaction():
            edit(
                viewer=by_owen,
                guide_id=base.id,
                content=newer,
                note="Pictures: “two”",
                at=SUMMER,
                co_author_ids=[priya],
            )
            edit(viewer=by_priya, guide_id=base.id, content=newer, note="", at=SUMMER)
            check(viewer=by_owen, guide_id=base.id, next_due=date(2027, 1, 2), at=SUMMER)
            supersede(viewer=by_priya, guide_id=letters.id, by_id=base.id)
            withdraw(viewer=by_owen, guide_id=gone.id, reason="Wrong")
    shelf.draft(owen, "A draft of mine", check_due=date(2027, 5, 5))
    return {"owen": owen, "priya": priya, "slugs": {base.slug, letters.slug}, "hidden": hidden.slug}


def test_what_is_open_comes_in_elsewhere_just_as_it_was(app: Flask, full: dict[str, Any], tmp_path: Path) -> None:
    first = packed(app)
    assert json.loads(files_of(first)["manifest.json"])["format"] == "common-practice/library"
    other = elsewhere(tmp_path / "other")
    there = Cast(other)
    there.topic("open-data")
    importer = there.person("Nadia Hussain")
    report = unpacked(other, first, importer)
    assert (len(report.new), report.skipped, report.remarks) == (2, [], [])
    assert told(packed(other)) == told(first)
    page = other.test_client().get("/library/damp-and-mould").get_data(as_text=True)
    assert "Written there by Owen Pritchard, Priya Raman." in page
    assert 'href="https://elsewhere.example/library' not in page
    assert 'href="/library/letters-a-template#what"' in page
    assert "2 January 2027" in page
    with other.app_context():
        versions = db.session.execute(select(GuideVersion.number, GuideVersion.note, GuideVersion.created_at)).all()
        assert (2, "Pictures: “two”", SUMMER) in [tuple(row) for row in versions]
        names = list(db.session.scalars(select(StoredFile.name)))
    assert [other.test_client().get(f"/files/{name}").status_code for name in names] == [200, 200]
    assert len(unpacked(other, packed(other), importer).unchanged) == 2
    assert unpacked(other, first, importer).unchanged == sorted(f"guides/{slug}" for slug in full["slugs"])


def test_nothing_of_drafts_closed_groups_and_withdrawn_guides_leaves(app: Flask, full: dict[str, Any]) -> None:
    data = packed(app)
    everything = b"\n".join(files_of(data).values()) + "\n".join(files_of(data)).encode()
    for word in (b"ebrafinch", b"uokkanut", b"draft of mine", full["hidden"].encode()):
        assert word not in everything
    assert b"cases, [us](http://localhost/about)" in everything


def test_ones_own_come_with_drafts_and_closed_groups_and_are_drafts_there_unless_published(
    app: Flask, full: dict[str, Any], tmp_path: Path
) -> None:
    mine = packed(app, person=full["owen"])
    assert {name.split("/")[1].split("-")[0] for name in files_of(mine) if name.endswith("guide.md")} == {
        "damp",
        "zebrafinch",
        "draft",
    }
    other = elsewhere(tmp_path / "other")
    importer = Cast(other).person("Owen Pritchard")
    unpacked(other, mine, importer, published=False)
    with other.app_context():
        assert set(db.session.scalars(select(Guide.state))) == {"draft"}
        assert set(db.session.scalars(select(Guide.owner_person_id))) == {importer}
        # Published by hand its versions go on from where they were.
        found = db.session.scalars(select(Guide).where(Guide.title == "Damp and mould")).one()
        assert found.version == 3
        code = code_of(found.uuid, 3)
    assert Cast(other).client(importer).get(f"/c/{code}").status_code == 404
    assert other.test_client().get("/library/damp-and-mould").status_code == 404


def test_the_two_commands_fit_together(app: Flask, full: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "library.zip"
    written = app.test_cli_runner().invoke(args=["export", "guides", str(file), "--owner", "owen-pritchard"])
    assert written.exit_code == 0, written.output
    other = elsewhere(tmp_path / "other")
    email = "nadia.hussain@harrowdale.example"
    Cast(other).person("Nadia Hussain", email=email)
    taken = other.test_cli_runner().invoke(args=["import", "guides", str(file), "--as", email, "--publish"])
    assert taken.exit_code == 0, taken.output
    assert "new, published           1" in taken.output
    again = ["import", "guides", str(file), "--as", email, "--licence", "CC0-1.0"]
    refused = other.test_cli_runner().invoke(args=again)
    assert "says all of this itself" in refused.output
    assert app.test_cli_runner().invoke(args=["export", "guides", str(file), "--group", "none"]).exit_code == 1


def test_what_changed_there_is_renewed_and_what_was_edited_here_stays(
    app: Flask, cast: Cast, full: dict[str, Any], tmp_path: Path
) -> None:
    other = elsewhere(tmp_path / "other")
    importer = Cast(other).person("Nadia Hussain")
    unpacked(other, packed(app), importer)
    with app.app_context():
        by_owen = viewer_of(full["owen"])
        newest = content("Damp and mould", body="## Now\n\nAsk twice.\n")
        base = db.session.scalars(select(Guide.id).where(Guide.title == "Damp and mould")).one()
        with transaction():
            edit(viewer=by_owen, guide_id=base, content=newest, note="Twice")
    again = packed(app)
    somebody = Cast(other).person("Somebody Else")
    assert "somebody else brought it in" in unpacked(other, again, somebody).skipped[0][1]
    assert unpacked(other, again, importer).renewed == ["guides/damp-and-mould"]
    assert told(packed(other)) == told(again)
    with other.app_context():
        here = db.session.scalars(select(Guide.id).where(Guide.title == "Damp and mould")).one()
        by_importer, ours = viewer_of(importer), content("Damp and mould", body="Ours.\n")
        with transaction():
            edit(viewer=by_importer, guide_id=here, content=ours)
    with app.app_context(), transaction():
        edit(viewer=by_owen, guide_id=base, content=newest, note="Thrice")
    assert unpacked(other, packed(app), importer).edited_here == ["guides/damp-and-mould"]
    assert unpacked(app, again, full["owen"]).edited_here == ["guides/damp-and-mould"]


CORPORA = os.environ.get("COMMON_PRACTICE_CORPORA", "")


@pytest.mark.skipif(not CORPORA, reason="COMMON_PRACTICE_CORPORA names no folder of archives")
def test_part_of_a_real_handbook_makes_the_round_trip(app: Flask, cast: Cast, tmp_path: Path) -> None:
    reading = read(Path(CORPORA) / "canada-digital-playbook.tar.gz")
    part = type(reading)(reading.source, reading.documents[:15], ())
    owen = cast.person("Owen Pritchard")
    with app.app_context():
        run_import(part, viewer=viewer_of(owen), options=Options(published=True))
    first = packed(app)
    other = elsewhere(tmp_path / "other")
    report = unpacked(other, first, Cast(other).person("Nadia Hussain"))
    assert len(report.new) == 15
    assert told(packed(other)) == told(first)
