"""Out and in again: content, credits, versions, licences, dates and files are the same in another network."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from network.attachments.actions import attach
from network.attachments.models import INFECTED, READY, WAITING, StoredFile
from network.attachments.pictures import Stored, store_picture
from network.attachments.queries import sizes_of
from network.attachments.uploads import store_upload
from network.core.db import db
from network.core.storage.choosing import storage
from network.core.transaction import transaction
from network.core.worker import drain
from network.discovery.finding import find
from network.groups.viewers import viewer_of
from network.library.actions.checking import check
from network.library.actions.editing import edit
from network.library.actions.ending import supersede, withdraw
from network.library.carried.actions import point
from network.library.files.actions import add_file, move_file, remove_file, replace_file
from network.library.files.queries import all_versions
from network.library.importing.own import front_matter
from network.library.models import Guide, GuideVersion
from network.portability.codes import code_of
from network.subjects.viewer import VISITOR, Viewer
from tests.network.library.shelf import Shelf, content
from tests.network.portability.travel import elsewhere, files_of, packed, told, unpacked, zipped
from tests.support.cast import Cast
from tests.support.office import word
from tests.support.pictures import photograph, picture

SPRING = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
SUMMER = datetime(2026, 7, 1, 12, tzinfo=UTC)


def attached(app: Flask, guide: Guide, data: bytes) -> Stored:
    with app.app_context():
        stored = store_picture(data, "plan.png")
        with transaction():
            attach(stored, subject="guide", subject_id=guide.id, uploaded_by=None)
        return stored


def with_files(app: Flask, viewer: Viewer, guide_id: int) -> None:
    """A form in two versions, a picture, and what stands before them; the numbers are not the order."""
    sent = (word("Which wheelbarrow?"), word("Which wheelbarrow, and whose?"), photograph((900, 500)), b"a,b\n1,2\n")
    with app.app_context():
        form, newer, plan, table = (
            store_upload(data, name)
            for data, name in zip(sent, ("form_v1.docx", "form.docx", "Plan.jpg", "costs.csv"), strict=True)
        )
        with transaction():
            put: dict[str, Any] = {"viewer": viewer, "guide_id": guide_id}
            add_file(**put, stored=form, title="Consent form", description="For the first visit.", at=SPRING)
            add_file(**put, stored=plan, title="Where it is", at=SPRING)
            add_file(**put, stored=table, title="Costs", at=SUMMER)
            replace_file(**put, number=1, stored=newer, at=SUMMER)
            move_file(**put, number=3, up=True)


@pytest.fixture
def full(app: Flask, cast: Cast, shelf: Shelf) -> dict[str, Any]:
    """A library with everything that has to travel, and some that must not."""
    owen, priya, sam = cast.person("Owen Pritchard"), cast.person("Priya Raman"), cast.person("Sam Okafor")
    shared, only_here = cast.topic("open-data"), cast.topic("bins-and-streets", "Bins & streets")
    closed = cast.group("cases", closed=True, facilitators=(owen,))
    hidden = shelf.guide(owen, "Zebrafinch cases", group_id=closed)
    base = shelf.guide(owen, "Damp and mould", body="## First\n\nAsk.\n", topic_ids=(shared, only_here), at=SPRING)
    letters = shelf.guide(priya, "Letters: a “template”", kind="template", licence="other", licence_name="House rules")
    gone = shelf.guide(owen, "Quokkanut withdrawn")
    drawn, photo = attached(app, base, picture()), attached(app, base, photograph((900, 1400)))
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
            edit(viewer=by_priya, guide_id=base.id, content=newer, note="", at=SUMMER, suggested_by=sam)
            check(viewer=by_owen, guide_id=base.id, next_due=date(2027, 1, 2), at=SUMMER)
            supersede(viewer=by_priya, guide_id=letters.id, by_id=base.id)
            withdraw(viewer=by_owen, guide_id=gone.id, reason="Wrong")
            own = {"adapted_from_id": letters.id, "check_months": 5}
            db.session.execute(update(Guide).where(Guide.id == base.id).values(**own))
    with_files(app, by_owen, base.id)
    draft = shelf.draft(owen, "A draft of mine", check_due=date(2027, 5, 5))
    with app.app_context():
        for guide, title in ((hidden, "Zebrafinch form"), (draft, "A draft of mine, as a form")):
            form = store_upload(f"{title}\n".encode(), f"{title}.txt")
            with transaction():
                add_file(viewer=by_owen, guide_id=guide.id, stored=form, title=title)
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
        sizes = sizes_of(names)
        here = db.session.scalars(select(Guide).where(Guide.slug == "damp-and-mould")).one()
        assert here.check_months == 5
        assert here.adapted_from_id == db.session.scalar(select(Guide.id).where(Guide.kind == "template"))
    # Two pictures, one of them in two smaller sizes as well, and three files, one of them in two versions.
    assert [other.test_client().get(f"/files/{name}").status_code for name in names] == [200] * 8
    assert [[width for width, _ in found] for found in sizes.values()] == [[400, 800, 1400]]
    assert len(unpacked(other, packed(other), importer).unchanged) == 2
    assert unpacked(other, first, importer).unchanged == sorted(f"guides/{slug}" for slug in full["slugs"])


def test_nothing_of_drafts_closed_groups_and_withdrawn_guides_leaves(app: Flask, full: dict[str, Any]) -> None:
    data = packed(app)
    everything = b"\n".join(files_of(data).values()) + "\n".join(files_of(data)).encode()
    for term in (b"ebrafinch", b"uokkanut", b"draft of mine", full["hidden"].encode()):
        assert term not in everything
    assert b"cases, [us](http://localhost/about)" in everything


def test_ones_own_come_with_drafts_and_closed_groups_and_are_drafts_there_unless_published(
    app: Flask, full: dict[str, Any], tmp_path: Path
) -> None:
    mine = packed(app, person=full["owen"])
    assert {name.split("/")[1].split("-")[0] for name in files_of(mine) if name.endswith("guide.md")} == {
        "damp",
        "zebrafinch",
        "quokkanut",
        "draft",
    }
    for term in (b"Zebrafinch form\n", b"A draft of mine, as a form\n"):
        assert term in files_of(mine).values()
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


def test_files_and_suggestions_are_shown_with_their_credit_and_found_by_their_words(
    app: Flask, full: dict[str, Any], tmp_path: Path
) -> None:
    other = elsewhere(tmp_path / "other")
    there = Cast(other)
    importer = there.person("Nadia Hussain")
    unpacked(other, packed(app), importer)
    while drain(other):
        pass
    visitor = there.client()
    page = visitor.get("/library/damp-and-mould").get_data(as_text=True)
    assert "Changes suggested there by Sam Okafor." in page
    assert "Suggested by Sam Okafor (elsewhere), accepted by Priya Raman (elsewhere)." in page
    assert "Brought here and looked after by" in page
    assert "people who did it" not in page
    history = visitor.get("/library/damp-and-mould/history").get_data(as_text=True)
    assert "By Owen Pritchard (elsewhere). Pictures: “two”" in history
    assert "people/owen" not in history
    for address in ("/library/feed.json", "/library/feed.atom", "/library/damp-and-mould/cite.bib"):
        credited = visitor.get(address).get_data(as_text=True)
        assert "Owen Pritchard" in credited
        assert "Nadia Hussain" not in credited
    files = visitor.get("/library/damp-and-mould/files").get_data(as_text=True)
    assert [files.index(title) for title in ("Consent form<", "Costs<", "Where it is<")] == sorted(
        files.index(title) for title in ("Consent form<", "Costs<", "Where it is<")
    )
    assert files.count("added by Owen Pritchard (elsewhere)") == 4
    found = visitor.get("/search?q=wheelbarrow").get_data(as_text=True)
    assert "Damp and mould" in found
    with other.app_context():
        guide = db.session.scalars(select(Guide).where(Guide.slug == "damp-and-mould")).one()
        lines = all_versions(guide.id)
        assert guide.file_count == 3
        assert [(line.number, line.version, line.filename, line.added_at) for line in lines[0]] == [
            (1, 2, "form.docx", SUMMER),
            (1, 1, "form_v1.docx", SPRING),
        ]
        by_importer = viewer_of(importer)
        newest = store_upload(word("Ours"), "ours.docx")
        with transaction():
            replace_file(viewer=by_importer, guide_id=guide.id, number=1, stored=newest)
        assert all_versions(guide.id)[0][0].version == 3
    again = front_matter(files_of(packed(other))["guides/damp-and-mould/guide.md"].decode(), "guide.md")[0]
    states = [(one["number"], one["author"]) for one in again["files"][0]["versions"]]
    assert states == [(1, "Owen Pritchard"), (2, "Owen Pritchard"), (3, "Nadia Hussain")]


def test_files_that_changed_there_are_renewed_and_what_was_done_here_stays(
    app: Flask, full: dict[str, Any], tmp_path: Path
) -> None:
    other = elsewhere(tmp_path / "other")
    importer = Cast(other).person("Nadia Hussain")
    unpacked(other, packed(app), importer)
    with other.app_context():
        here = db.session.scalars(select(Guide.id).where(Guide.slug == "damp-and-mould")).one()
        by_importer, ours = viewer_of(importer), store_upload(b"c,d\n3,4\n", "costs.csv")
        with transaction():
            remove_file(viewer=by_importer, guide_id=here, number=2)
            replace_file(viewer=by_importer, guide_id=here, number=3, stored=ours)
    with app.app_context():
        base = db.session.scalars(select(Guide.id).where(Guide.slug == "damp-and-mould")).one()
        by_owen = viewer_of(full["owen"])
        third, table = store_upload(word("Third"), "form.docx"), store_upload(b"e,f\n5,6\n", "costs.csv")
        with transaction():
            replace_file(viewer=by_owen, guide_id=base, number=1, stored=third)
            replace_file(viewer=by_owen, guide_id=base, number=3, stored=table)
    report = unpacked(other, packed(app), importer)
    assert report.renewed == ["guides/damp-and-mould"]
    assert [remark for _, remark in report.remarks] == [
        "Version 2 of “Costs” is another one here, which stays.",
        "The file “Where it is” was removed here and stays away.",
    ]
    with other.app_context():
        lines = all_versions(here)
        assert [(file[0].title, file[0].version, file[0].newest) for file in lines] == [
            ("Consent form", 3, 3),
            ("Costs", 2, 2),
        ]
        assert db.session.get_one(Guide, here).file_count == 2
        assert storage().read(lines[1][0].name) == b"c,d\n3,4\n"


def test_only_files_that_are_ready_leave_and_what_comes_in_waits_for_the_scanner(
    app: Flask, full: dict[str, Any], tmp_path: Path
) -> None:
    with app.app_context(), transaction():
        newer, plan = select(StoredFile.id).where(StoredFile.filename == "form.docx"), "Plan.webp"
        db.session.execute(update(StoredFile).where(StoredFile.id.in_(newer)).values(state=WAITING))
        db.session.execute(update(StoredFile).where(StoredFile.filename == plan).values(state=INFECTED))
    out = packed(app)
    everything = b"\n".join(files_of(out).values()) + "\n".join(files_of(out)).encode()
    for term in (b"and whose?", b"form.docx", b"Plan.webp", b"Where it is"):
        assert term not in everything
    assert b"form_v1.docx" in everything
    other = elsewhere(tmp_path / "other")
    other.config["VIRUS_SCANNER"] = "unix:///nothing/here"
    unpacked(other, out, Cast(other).person("Nadia Hussain"))
    with other.app_context():
        rows = db.session.execute(select(StoredFile.filename, StoredFile.state, StoredFile.name)).all()
    states = {row.filename: row.state for row in rows}
    assert (states["form_v1.docx"], states["costs.csv"], states["plan.png"]) == (WAITING, WAITING, READY)
    for row in rows:
        assert other.test_client().get(f"/files/{row.name}").status_code == (404 if row.state == WAITING else 200)
    assert b"form_v1.docx" not in b"\n".join(files_of(packed(other)).values())


def test_a_file_that_is_not_what_the_archive_says_or_may_not_be_here_is_left_out(
    app: Flask, full: dict[str, Any], tmp_path: Path
) -> None:
    out = files_of(packed(app))
    guide = "guides/damp-and-mould/guide.md"
    lied = next(name for name in out if name.startswith("guides/damp-and-mould/files/") and name.endswith("csv"))
    program = b"MZ\x90\0" + b"\0" * 60
    form = next(name for name in out if out[name] == word("Which wheelbarrow?"))
    old, new = (hashlib.sha256(data).hexdigest() for data in (out[form], program))
    out |= {lied: b"x,y\n", form: program, guide: out[guide].replace(old.encode(), new.encode())}
    other = elsewhere(tmp_path / "other")
    report = unpacked(other, zipped(out), Cast(other).person("Nadia Hussain"))
    remarks = [remark for _, remark in report.remarks]
    assert len(remarks) == 2
    assert remarks[0].startswith("Version 1 of the file “Consent form” stays in the archive.")
    assert "not what it was" in remarks[1]
    with other.app_context():
        assert sorted(db.session.scalars(select(StoredFile.filename).where(StoredFile.width.is_(None)))) == [
            "form.docx"
        ]


def test_what_replaces_a_guide_is_found_so_although_it_is_known_last(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    old, new = shelf.guide(priya, "Wheelbarrows"), shelf.guide(priya, "Wheelbarrows by night")
    drain(app)
    leads = [(old.uuid, "superseded_by_id", new.uuid), (new.uuid, "adapted_from_id", old.uuid)]
    with app.app_context():
        with transaction():
            point(leads)
        drain(app)
        found = find(VISITOR, "wheelbarrows", filters={"check": ("superseded",)})
        assert [hit.card.title for hit in found.found] == ["Wheelbarrows"]
        assert db.session.get_one(Guide, old.id).adaptation_count == 1
        before = db.session.scalars(select(Guide.revision).order_by(Guide.id)).all()
        with transaction():
            point(leads)
        assert db.session.scalars(select(Guide.revision).order_by(Guide.id)).all() == before, "nothing is new"
