"""An archive of ours comes in by the web as drafts, with all that belongs to its guides, and gives nothing away."""

from __future__ import annotations

import json
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from network.attachments.uploads import store_upload
from network.core.db import db
from network.core.transaction import transaction
from network.core.worker import drain
from network.groups.viewers import viewer_of
from network.library.actions.editing import edit
from network.library.actions.publishing import publish_draft
from network.library.files.actions import add_file
from network.library.files.queries import all_versions
from network.library.models import Guide, GuideVersion, ImportSource
from tests.network.library.incoming.conftest import Importer, packed
from tests.network.library.shelf import Shelf, content
from tests.network.portability.travel import elsewhere, files_of
from tests.network.portability.travel import packed as taken_along
from tests.support.cast import Cast
from tests.support.office import word
from tests.support.sending import send


def made_elsewhere(folder: Path) -> tuple[bytes, list[str]]:
    """The archive of a network with two guides, one of them in two versions and with a file; and their UUIDs."""
    other = elsewhere(folder)
    there = Cast(other)
    shelf, priya, sam = Shelf(there), there.person("Priya Raman"), there.person("Sam Okafor")
    first, second = (
        shelf.guide(priya, "Damp and mould"),
        shelf.guide(priya, "Letters", licence="other", licence_name="X"),
    )
    with other.app_context():
        viewer, form = viewer_of(priya), store_upload(word("Which wheelbarrow?"), "form.docx")
        newer = content("Damp and mould", body=f"## First\n\nSee [letters](/library/{second.slug}).\n")
        with transaction():
            edit(viewer=viewer, guide_id=first.id, content=newer, note="Twice", suggested_by=sam)
            add_file(viewer=viewer, guide_id=first.id, stored=form, title="Consent form")
    return taken_along(other), [str(first.uuid), str(second.uuid)]


def test_it_is_looked_through_and_comes_in_as_copies_with_credit(
    app: Flask, importer: Importer, tmp_path: Path, in_a_process_of_its_own: None
) -> None:
    data, uuids = made_elsewhere(tmp_path / "other")
    address = importer.read({"library.zip": data})
    page = importer.page(address)
    assert "Exported from Elsewhere" in page
    assert "Written by Priya Raman." in page
    assert "With 2 versions and 1 file." in page
    assert "Who wrote this?" not in page
    assert send(importer.client, address).status_code == 303
    drain(app)
    assert "2 drafts came in" in importer.page(address)
    with app.app_context():
        guide = db.session.scalars(select(Guide).where(Guide.title == "Damp and mould")).one()
        assert (guide.state, guide.author_id, guide.version, guide.file_count) == ("draft", importer.person, 2, 1)
        assert str(guide.uuid) not in uuids
        assert "(/library/letters)" in guide.body
        versions = select(GuideVersion.note, GuideVersion.author_id).where(GuideVersion.guide_id == guide.id)
        assert sorted(tuple(row) for row in db.session.execute(versions)) == [("", None), ("Twice", None)]
        assert all_versions(guide.id)[0][0].filename == "form.docx"
        source = db.session.get_one(ImportSource, guide.source_id)
        assert (source.name, source.named_by) == ("Elsewhere", f"person:{importer.person}")
        by_importer = viewer_of(importer.person)
        with transaction():
            publish_draft(viewer=by_importer, guide_id=guide.id)
    shown = importer.page("/library/damp-and-mould")
    for words in ("Written there by Priya Raman.", "Changes suggested there by Sam Okafor.", "Consent form"):
        assert words in shown


def test_again_it_renews_what_was_not_touched(app: Flask, importer: Importer, tmp_path: Path) -> None:
    data, _ = made_elsewhere(tmp_path / "other")
    send(importer.client, importer.read({"library.zip": data}))
    drain(app)
    again = importer.page(importer.read({"library.zip": data}))
    assert again.count("Already in your drafts, the same") == 2
    files = files_of(data)
    name = next(name for name in files if name.endswith("letters/guide.md"))
    files[name] = files[name].replace(b"Nineteen days", b"Twenty days")
    address = importer.read({"library.zip": packed(files)})
    assert "Changed since you imported it" in importer.page(address)
    assert send(importer.client, address).status_code == 303
    drain(app)
    assert "Renewed" in importer.page(address)
    with app.app_context():
        assert "Twenty days" in db.session.scalars(select(Guide.body).where(Guide.title == "Letters")).one()


def test_a_language_that_guides_cannot_have_becomes_english_and_is_said(
    app: Flask, importer: Importer, tmp_path: Path
) -> None:
    files = files_of(made_elsewhere(tmp_path / "other")[0])
    name = next(name for name in files if name.endswith("letters/guide.md"))
    files[name] = files[name].replace(b"language: en", b"language: de")
    address = importer.read({"library.zip": packed(files)})
    assert send(importer.client, address).status_code == 303
    drain(app)
    assert importer.page(address).count("Guides here cannot be marked as “de”") == 1
    with app.app_context():
        assert set(db.session.scalars(select(Guide.language))) == {"en"}


def test_a_guide_that_is_here_is_neither_touched_nor_told_of(
    app: Flask, cast: Cast, importer: Importer, tmp_path: Path
) -> None:
    owen = cast.person("Nadia Hussain")
    closed = cast.group("cases", closed=True, facilitators=(owen,))
    secret = Shelf(cast).guide(owen, "Zebrafinch", group_id=closed)
    data, uuids = made_elsewhere(tmp_path / "other")
    forged = {name: text.replace(uuids[1].encode(), str(secret.uuid).encode()) for name, text in files_of(data).items()}
    address = importer.read({"library.zip": packed(forged)})
    assert send(importer.client, address).status_code == 303
    drain(app)
    assert "2 drafts came in" in importer.page(address)
    assert "ebrafinch" not in importer.page(address)
    with app.app_context():
        assert not [body for body in db.session.scalars(select(Guide.body)) if (secret.slug or "") in body]
        assert db.session.get_one(Guide, secret.id).title == "Zebrafinch"


def test_what_is_wrong_with_it_is_said(importer: Importer, tmp_path: Path) -> None:
    data, _ = made_elsewhere(tmp_path / "other")
    files = files_of(data)
    name = next(name for name in files if name.endswith("letters/guide.md"))
    bomb = b"---\na: &a [x]\nb: [*a, *a]\n---\n\nText\n"
    page = importer.page(importer.read({"library.zip": packed({**files, name: bomb})}))
    assert "refers to itself" in page
    assert "1 guide can come in" in page
    newer = json.loads(files["manifest.json"]) | {"version": 99}
    page = importer.page(importer.read({"library.zip": packed({**files, "manifest.json": json.dumps(newer).encode()})}))
    assert "made by a newer release" in page
    page = importer.page(importer.read({"library.zip": data, "notes.md": b"# Notes\n\nSome.\n"}))
    assert "import it by itself" in page
    assert "1 file can come in" in page
