"""Adding, replacing, describing, ordering and removing files, by the pages people use."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from network.attachments.uploads import MOST_BYTES
from network.audit.models import AuditEntry
from network.core.db import db
from network.core.storage.choosing import storage
from network.core.storage.port import StoreAway
from network.library.files import actions
from network.library.files.views import adding, listing
from network.library.models import Guide
from tests.network.library.files.conftest import Cabinet, upload
from tests.support.app import make_app
from tests.support.cast import Cast
from tests.support.office import MACROS, pdf, word
from tests.support.pictures import picture
from tests.support.queries import count_queries
from tests.support.sending import filled, find_form, send, token


def text(response: Any) -> str:
    return str(response.get_data(as_text=True))


def count(app: Flask, guide_id: int) -> int:
    with app.app_context():
        return db.session.scalars(select(Guide.file_count).where(Guide.id == guide_id)).one()


def test_a_file_is_added_replaced_and_had_by_readers(cabinet: Cabinet, cast: Cast, priya: int) -> None:
    guide = cabinet.shelf.guide(priya)
    at = f"/library/{guide.slug}"
    client, visitor = cast.client(priya), cast.client()
    assert "Add a file" in text(client.get(at))
    assert "Files" not in text(visitor.get(at))
    assert "smaller than 10 MB" in text(client.get(f"{at}/files/add")), "the limit is named before"
    sent = upload(client, f"{at}/files/add", word("Consent form"), "../x/consent_form.exe", description="Two pages")
    assert sent.location == f"{at}/files"
    cabinet.settle()
    page = text(visitor.get(at))
    assert "Consent form (Word document, " in page
    assert "Two pages" in page
    assert 'href="#files"' in page, "it stands in the contents"
    first = cabinet.lines(guide.id)[0][0]
    answer = visitor.get(first.address)
    assert answer.data == word("Consent form")
    assert answer.headers["Content-Disposition"] == "attachment; filename=consent_form.docx"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    upload(client, f"{at}/files/1/replace", pdf("Consent form"), "consent.pdf", other_kind="y")
    listed = text(visitor.get(f"{at}/files"))
    assert "Version 2 (PDF" in listed
    assert "Version 1 (Word document" in listed
    assert visitor.get(first.address).status_code == 200, "the old version is kept"
    assert "Consent form (PDF" in text(visitor.get(at))
    assert "Earlier versions of these files" in text(visitor.get(at))


def test_a_picture_is_drawn_anew(cabinet: Cabinet, cast: Cast, priya: int) -> None:
    guide = cabinet.shelf.guide(priya)
    upload(cast.client(priya), f"/library/{guide.slug}/files/add", picture(), "poster.jpg")
    line = cabinet.lines(guide.id)[0][0]
    assert (line.filename, line.media_type, line.title) == ("poster.png", "image/png", "Poster")


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (word("x", main=MACROS), "letter.docx", "has macros"),
        (b"MZ\x00\x01", "letter.pdf", "must be PDF, Word"),
        (bytes(MOST_BYTES + 1), "letter.pdf", "The selected file must be smaller than 10 MB"),
        (b"", "letter.pdf", "is empty"),
        (b"x", "", "Select a file"),
    ],
)
def test_a_refusal_says_why_and_keeps_what_was_typed(
    app: Flask, cabinet: Cabinet, cast: Cast, priya: int, data: bytes, name: str, words: str
) -> None:
    guide = cabinet.shelf.guide(priya)
    page = upload(
        cast.client(priya), f"/library/{guide.slug}/files/add", data, name, title="Letter", description="For tenants"
    )
    assert page.status_code == 200
    assert words in text(page)
    assert 'value="Letter"' in text(page)
    assert "For tenants</textarea>" in text(page)
    assert count(app, guide.id) == 0


def test_a_request_beyond_all_limits_and_a_broken_one_leave_nothing(
    app: Flask, cabinet: Cabinet, cast: Cast, priya: int
) -> None:
    guide = cabinet.shelf.guide(priya)
    client, at = cast.client(priya), f"/library/{guide.slug}/files/add"
    huge = upload(client, at, bytes(13 * 1024 * 1024))
    assert huge.status_code == 413
    assert "files can be up to 10 MB" in text(huge)
    assert "your words are there" in text(huge)
    assert f'href="{at}"' not in text(huge), "an empty form is no way back"
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nwords that'
    cut = client.post(
        at,
        input_stream=io.BytesIO(body),
        content_length=len(body) + 900,
        content_type="multipart/form-data; boundary=x",
    )
    assert cut.status_code == 400
    assert count(app, guide.id) == 0
    with app.app_context():
        assert not list((storage().folder).glob("??/*"))  # type: ignore[attr-defined]


def test_the_same_bytes_are_refused_and_another_kind_is_asked_about(
    app: Flask, cabinet: Cabinet, cast: Cast, priya: int
) -> None:
    guide = cabinet.shelf.guide(priya)
    client, at = cast.client(priya), f"/library/{guide.slug}/files"
    upload(client, f"{at}/add", pdf("Some words"), "letter.pdf", title="Letter")
    again = upload(client, f"{at}/add", pdf("Some words"), "copy.pdf", title="Copy")
    assert "This file is here already, as “Letter”" in text(again)
    assert count(app, guide.id) == 1
    asked = upload(client, f"{at}/1/replace", word("Other words"), "letter.docx")
    assert "“Letter” is another kind of file" in text(asked)
    assert upload(client, f"{at}/1/replace", word("Other words"), "letter.docx", other_kind="y").status_code == 303


def test_sent_twice_it_is_added_once_and_another_file_is_another(
    app: Flask, cabinet: Cabinet, cast: Cast, priya: int
) -> None:
    guide = cabinet.shelf.guide(priya)
    client, at = cast.client(priya), f"/library/{guide.slug}/files/add"
    fields = filled(find_form(text(client.get(at))))

    def press(data: bytes) -> Any:
        return client.post(at, data={**fields, "file": (io.BytesIO(data), "a.txt")}, content_type="multipart/form-data")

    assert press(b"one").location == press(b"one").location == f"/library/{guide.slug}/files"
    assert count(app, guide.id) == 1
    press(b"two")
    assert count(app, guide.id) == 2, "who went back and chose another file loses nothing"


def test_described_moved_and_removed(app: Flask, cabinet: Cabinet, cast: Cast, priya: int) -> None:
    guide = cabinet.shelf.guide(priya)
    address = cabinet.add(priya, guide.id, title="First")
    cabinet.add(priya, guide.id, title="Second")
    client, at = cast.client(priya), f"/library/{guide.slug}/files"
    send(client, f"{at}/1/describe", title="The first", description="Fill it in before")
    assert "Fill it in before" in text(client.get(at))
    moved = client.post(f"{at}/2/up", data={"csrf_token": token(client, at)})
    assert moved.status_code == 303
    assert [lines[0].title for lines in cabinet.lines(guide.id)] == ["Second", "The first"]
    asked = text(client.get(f"{at}/1/remove"))
    assert "gone for good" in asked
    assert client.get(address).status_code == 200, "asking removes nothing"
    send(client, f"{at}/1/remove")
    assert client.get(address).status_code == 404
    assert client.get(f"{at}/1/remove").status_code == 404
    assert count(app, guide.id) == 1
    cabinet.add(priya, guide.id, title="Third")
    assert {lines[0].number for lines in cabinet.lines(guide.id)} == {2, 3}, "a number is never used again"
    with app.app_context():
        acts = set(db.session.scalars(select(AuditEntry.act)))
    assert {"guide.add_file", "guide.remove_file"} <= acts


def test_a_guide_has_so_many_files(
    app: Flask, cabinet: Cabinet, cast: Cast, priya: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (actions, adding, listing):
        monkeypatch.setattr(module, "MOST_FILES", 3)
    guide = cabinet.shelf.guide(priya)
    for number in range(3):
        cabinet.add(priya, guide.id, b"words %d" % number, "a.txt")
    client, at = cast.client(priya), f"/library/{guide.slug}/files"
    assert "as many as a guide can have" in text(client.get(at))
    assert "as many as a guide can have" in text(upload(client, f"{at}/add", b"words", "a.txt"))
    assert count(app, guide.id) == 3
    with app.app_context(), count_queries(app) as many:
        assert len(text(cast.client().get(f"/library/{guide.slug}")).split('class="cp-file"')) == 4
    assert len(many) <= 6, many.statements


def test_a_draft_has_files_and_publishing_takes_them_along(cabinet: Cabinet, cast: Cast, priya: int) -> None:
    draft = cabinet.shelf.draft(priya)
    client, at = cast.client(priya), f"/drafts/{draft.id}"
    assert f'href="{at}/files"' in text(client.get(at))
    before = filled(find_form(text(client.get(at)), action=f"{at}?sent=yes"))
    assert upload(client, f"{at}/files/add", b"words", "a.txt").location == f"{at}/files"
    file = cabinet.lines(draft.id)[0][0].address
    assert cast.client().get(file).status_code == 404
    saved = client.post(at, data={**before, "act": "publish"})
    assert saved.status_code == 303, "adding a file is no other text of the draft"
    assert cast.client().get(file).status_code == 200
    assert client.get(f"{at}/files").location == f"{saved.location}/files"


def test_a_thrown_away_draft_takes_its_files_along(app: Flask, cabinet: Cabinet, cast: Cast, priya: int) -> None:
    draft = cabinet.shelf.draft(priya)
    file = cabinet.add(priya, draft.id)
    send(cast.client(priya), f"/drafts/{draft.id}/discard")
    guide = cabinet.shelf.guide(priya)
    assert cast.client().get(file).status_code == 404, f"guide {guide.id} may have the number of draft {draft.id}"


def test_a_store_that_is_away_is_told_and_loses_nothing(
    app: Flask, cabinet: Cabinet, cast: Cast, priya: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide = cabinet.shelf.guide(priya)
    file = cabinet.add(priya, guide.id)

    def away(*_: Any) -> Any:
        raise StoreAway("no answer")

    with app.app_context():
        place = storage()
    for method in ("put", "source", "check"):
        monkeypatch.setattr(place, method, away)
    client = cast.client(priya)
    page = upload(client, f"/library/{guide.slug}/files/add", b"words", "a.txt", title="Letter")
    assert "does not answer" in text(page)
    assert 'value="Letter"' in text(page)
    answer = client.get(file)
    assert answer.status_code == 503
    assert "Files cannot be reached at the moment" in text(answer)
    assert client.get(f"/library/{guide.slug}").status_code == 200
    assert client.get("/health").get_json()["files"] == {"ok": False}


def test_whoever_writes_too_often_waits(tmp_path: Path) -> None:
    app = make_app(tmp_path / "limited", config={"RATELIMIT_ENABLED": True})
    cast = Cast(app)
    priya = cast.person("Priya Raman")
    guide = Cabinet(app, cast).shelf.guide(priya)
    client, at = cast.client(priya), f"/library/{guide.slug}/files"
    data = {"csrf_token": token(client, at + "/add")}
    answers = [client.post(f"{at}/99/down", data=data).status_code for _ in range(61)]
    assert set(answers[:60]) == {404}
    assert answers[60] == 429
    assert client.post(f"{at}/add", data=data).status_code == 429
