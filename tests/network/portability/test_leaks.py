"""Whatever leaves holds only what the one who takes it may read: files, packs, codes, archives and feeds, by role."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from flask import Flask
from sqlalchemy import select

from network.attachments.uploads import store_upload
from network.core.db import db
from network.core.transaction import transaction
from network.groups.viewers import viewer_of
from network.library.actions.ending import withdraw
from network.library.files.actions import add_file, remove_file
from network.library.models import Guide
from network.portability.choosing import Choice, chosen
from network.portability.codes import code_of
from network.portability.kept import keep_fresh
from tests.support.canaries import DRAFT, INSIDERS, OPEN, SECRET, Canaries


def unzipped(response: Any) -> str:
    """Every name and text in an archive."""
    with zipfile.ZipFile(io.BytesIO(response.data)) as archive:
        return "\n".join(archive.namelist()) + "".join(archive.read(name).decode() for name in archive.namelist())


def got(client: Any, address: str) -> str:
    """What somebody gets to see at an address, whatever it is."""
    response = client.get(address)
    return unzipped(response) if response.mimetype == "application/zip" else response.get_data(as_text=True)


def code_for(app: Flask, slug: str) -> str:
    with app.app_context():
        row = db.session.execute(select(Guide.uuid, Guide.version).where(Guide.slug == slug)).one()
        return code_of(row.uuid, row.version)


FEEDS = (
    "/library/feed",
    "/topics/open-data/feed",
    "/people/author-person/feed",
    "/people/member-person/feed",
)


def test_no_role_takes_along_what_it_may_not_read(app: Flask, canaries: Canaries) -> None:
    with app.app_context():
        keep_fresh()
    slug = canaries.guide.removeprefix("/library/")
    open_slug = f"working-with-{OPEN}"
    code = code_for(app, slug)
    reads = (f"{canaries.guide}.md", f"{canaries.guide}.html", f"/packs/pack.html?guide={slug}&guide={open_slug}")
    reads += (f"/packs/new?guide={slug}", "/packs/new", f"/packs/new?q={SECRET}", f"/c/{code}")
    for role in canaries.roles:
        client = canaries.client(role)
        for address in reads:
            text = got(client, address).replace(f"q={SECRET}", "")
            shown = f"orking with {SECRET}" in text or f"se {SECRET}" in text
            assert not shown or role in INSIDERS, (role, address)
        for address in [f"{feed}.{form}" for feed in FEEDS for form in ("atom", "json")]:
            text = got(client, address)
            assert SECRET not in text, (role, address)
            assert DRAFT not in text, (role, address)
        library = got(client, "/library/export/library.zip")
        assert OPEN in library
        assert SECRET not in library, role
        assert DRAFT not in library, role
        if canaries.roles[role] is None:
            assert client.get("/library/export/mine.zip").status_code == 303
            continue
        mine = client.get("/library/export/mine.zip")
        held = unzipped(mine) if mine.status_code == 200 else ""
        assert (SECRET in held) == (role == "member"), role
        assert (DRAFT in held) == (role == "author"), role
    assert f"Working with {SECRET}" in got(canaries.client("member"), f"{canaries.guide}.html")
    assert f"Working with {SECRET}" in got(canaries.client("member"), f"/c/{code}")


def test_a_code_says_of_a_closed_guide_that_it_cannot_be_seen_and_of_a_draft_nothing(
    app: Flask, canaries: Canaries
) -> None:
    slug = canaries.guide.removeprefix("/library/")
    page = canaries.client("outsider").get(f"/c/{code_for(app, slug)}")
    assert "You cannot see this any more" in page.get_data(as_text=True)
    assert slug not in page.get_data(as_text=True)
    with app.app_context():
        draft = db.session.scalars(select(Guide.uuid).where(Guide.state == "draft")).one()
    for version in (0, 1):
        assert canaries.client("author").get(f"/c/{code_of(draft, version)}").status_code == 404


def test_what_is_closed_or_withdrawn_after_the_archive_was_made_is_not_handed_out(
    app: Flask, canaries: Canaries
) -> None:
    with app.app_context():
        keep_fresh()
        author = viewer_of(canaries.roles["author"] or 0)
        guide = db.session.scalars(select(Guide.id).where(Guide.slug == f"working-with-{OPEN}")).one()
        with transaction():
            withdraw(viewer=author, guide_id=guide, reason="Wrong")
    visitor = canaries.client("visitor")
    assert visitor.get("/library/export/library.zip").status_code == 503
    with app.app_context():
        keep_fresh()
    assert OPEN not in got(visitor, "/library/export/library.zip")
    for feed in FEEDS:
        assert OPEN not in got(visitor, f"{feed}.atom").replace("author-person", "")
    assert visitor.get(f"/packs/pack.html?guide=working-with-{OPEN}").status_code == 400


def test_the_command_writes_what_everybody_may_read_unless_it_reads_as_somebody(app: Flask, canaries: Canaries) -> None:
    with app.app_context():
        member, closed = viewer_of(canaries.roles["member"] or 0), Choice()
        assert len(chosen(member, closed)) == 2
        assert len(chosen(viewer_of(canaries.roles["administrator"] or 0), closed)) == 1


def test_an_archive_with_a_file_that_was_removed_is_not_handed_out(app: Flask, canaries: Canaries) -> None:
    visitor = canaries.client("visitor")
    with app.app_context():
        author = viewer_of(canaries.roles["author"] or 0)
        guide = db.session.scalars(select(Guide.id).where(Guide.slug == f"working-with-{OPEN}")).one()
        stored = store_upload(b"a,b\n1,2\n", "costs.csv")
        with transaction():
            number = add_file(viewer=author, guide_id=guide, stored=stored, title="Costs").number
        keep_fresh()
    held = zipfile.ZipFile(io.BytesIO(visitor.get("/library/export/library.zip").data)).namelist()
    assert any(stored.digest[:16] in name for name in held)
    with app.app_context(), transaction():
        remove_file(viewer=author, guide_id=guide, number=number)
    assert visitor.get("/library/export/library.zip").status_code == 503
    with app.app_context():
        keep_fresh()
    held = zipfile.ZipFile(io.BytesIO(visitor.get("/library/export/library.zip").data)).namelist()
    assert not any(stored.digest[:16] in name for name in held)
