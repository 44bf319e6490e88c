"""With a scanner nobody gets a file before it was found clean; an infected one goes into quarantine and is told of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from network.attachments import checking
from network.attachments.models import WAITING, StoredFile
from network.audit.models import AuditEntry
from network.core.clock import now
from network.core.db import db
from network.core.mail.kept import KeptMail
from network.core.storage.choosing import storage
from network.core.transaction import transaction
from tests.network.library.files.conftest import Cabinet
from tests.support.app import make_app
from tests.support.cast import Cast
from tests.support.mails import mails
from tests.support.office import word
from tests.support.pictures import picture
from tests.support.scanner import LIMIT, Daemon, clamd


@pytest.fixture
def daemon(app: Flask) -> Iterator[Daemon]:
    """A scanner, and an application that asks it."""
    with clamd() as daemon:
        app.config["VIRUS_SCANNER"] = daemon.address
        yield daemon


def words(mail: KeptMail) -> str:
    return "".join(piece for piece, _ in mail.parts)


def grow_old(app: Flask) -> None:
    with app.app_context(), transaction():
        db.session.execute(update(StoredFile).values(created_at=now() - timedelta(hours=1)))


def test_a_clean_file_is_had_and_found(cabinet: Cabinet, cast: Cast, priya: int, daemon: Daemon) -> None:
    guide = cabinet.shelf.guide(priya)
    file = cabinet.add(priya, guide.id, word("Ask about the wheelbarrow"))
    assert daemon.seen == [word("Ask about the wheelbarrow")]
    assert cast.client().get(file).status_code == 200
    assert file in cast.client().get("/search?q=wheelbarrow").get_data(as_text=True)


def test_pictures_are_drawn_anew_and_need_no_look(cabinet: Cabinet, cast: Cast, priya: int, daemon: Daemon) -> None:
    guide = cabinet.shelf.guide(priya)
    assert cast.client().get(cabinet.add(priya, guide.id, picture(), "a.png")).status_code == 200
    assert daemon.seen == []


@pytest.mark.parametrize("mood", ["error", "gone"])
def test_a_file_waits_while_the_scanner_is_away(
    app: Flask, cabinet: Cabinet, cast: Cast, priya: int, daemon: Daemon, mood: str
) -> None:
    daemon.mood = mood
    if mood == "gone":
        app.config["VIRUS_SCANNER"] = "unix:///nothing/here"
    guide = cabinet.shelf.guide(priya)
    file = cabinet.add(priya, guide.id, word("Ask about the wheelbarrow"))
    visitor, at = cast.client(), f"/library/{guide.slug}"
    assert visitor.get(file).status_code == 404
    assert "Waiting for the virus check" in visitor.get(at).get_data(as_text=True)
    assert file not in visitor.get(at).get_data(as_text=True)
    assert guide.slug not in visitor.get("/search?q=wheelbarrow").get_data(as_text=True)
    grow_old(app)
    app.config["VIRUS_SCANNER"], daemon.mood = daemon.address, ""
    with app.app_context():
        checking.look_again()
    cabinet.settle()
    assert visitor.get(file).status_code == 200
    assert file in visitor.get("/search?q=wheelbarrow").get_data(as_text=True)


def test_a_file_that_cannot_be_looked_at_keeps_no_other_waiting(
    app: Flask, cabinet: Cabinet, cast: Cast, priya: int, daemon: Daemon, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.config["VIRUS_SCANNER"] = "unix:///nothing/here"
    guide = cabinet.shelf.guide(priya)
    large = cabinet.add(priya, guide.id, b"Ask first. " * (LIMIT // 10), "large.txt")
    files = [cabinet.add(priya, guide.id, f"Ask {number}".encode(), f"{number}.txt") for number in range(2)]
    grow_old(app)
    app.config["VIRUS_SCANNER"] = daemon.address
    visitor = cast.client()
    with app.app_context():
        checking.look_again()
    assert [visitor.get(file).status_code for file in (large, *files)] == [404, 200, 200]
    monkeypatch.setattr(checking, "AT_A_TIME", 1)
    later = cabinet.add(priya, guide.id, b"Ask later", "later.txt")
    with app.app_context(), transaction():
        db.session.execute(update(StoredFile).where(StoredFile.name == later[7:]).values(state=WAITING))
    grow_old(app)
    for _ in range(60):
        with app.app_context():
            checking.look_again()
    assert [visitor.get(file).status_code for file in (large, later)] == [404, 200]


def test_an_infected_file_goes_into_quarantine_and_is_told_of_once(
    app: Flask, cabinet: Cabinet, cast: Cast, priya: int, daemon: Daemon
) -> None:
    admin, owner = cast.person("Nadia Hussain", role="administrator"), priya
    helper = cast.person("Owen Pritchard")
    guide = cabinet.shelf.guide(owner, co_author_ids=(helper,))
    clean = cabinet.add(owner, guide.id)
    infected = cabinet.replace(helper, guide.id, data=b"EICAR", name="newer.txt")
    for person in (None, owner, helper, admin):
        assert cast.client(person).get(infected).status_code == 404
    told = {mail.to: mail for mail in mails(app)}
    assert len(told) == 3
    assert len(mails(app)) == 3
    for mail in told.values():
        assert "Eicar-Test-Signature" in words(mail)
        assert "Consent form" in words(mail)
    assert "You get this mail because you are an administrator" in words(told["nadia.hussain@harrowdale.example"])
    page = cast.client(owner).get(f"/library/{guide.slug}/files").get_data(as_text=True)
    assert "Quarantined" in page
    assert "A virus was found in it" in page
    assert cast.client().get(clean).status_code == 200, "the version before stays"
    assert "Quarantined" not in cast.client().get(f"/library/{guide.slug}/files").get_data(as_text=True)
    with app.app_context():
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "guide.quarantine_file")).one()
        assert entry.detail["found"] == "Eicar-Test-Signature"
        place = Path(app.config["DATA_DIR"]) / "files"
        assert not storage().read(infected[7:])
        assert (place / "quarantine" / infected[7:]).read_bytes() == b"EICAR"


def test_administrators_hear_nothing_of_what_they_may_not_read(
    app: Flask, cabinet: Cabinet, cast: Cast, priya: int, daemon: Daemon
) -> None:
    cast.person("Nadia Hussain", role="administrator")
    group = cast.group("serious-cases", closed=True, members=(priya,))
    guide = cabinet.shelf.guide(priya, "A zebrafinch case", group_id=group)
    cabinet.add(priya, guide.id, b"EICAR", "zebrafinch.txt", title="The zebrafinch")
    told = {mail.to: words(mail) for mail in mails(app)}
    assert "zebrafinch" in told["priya.raman@harrowdale.example"]
    assert "zebrafinch" not in told["nadia.hussain@harrowdale.example"]
    assert "a guide that is not open to you" in told["nadia.hussain@harrowdale.example"]


def test_health_shows_the_scanner(tmp_path: Path) -> None:
    with clamd() as daemon:
        app = make_app(tmp_path / "scanned", VIRUS_SCANNER=daemon.address)
        assert app.test_client().get("/health").get_json()["scanner"] == {"ok": True}
    app = make_app(tmp_path / "unscanned", VIRUS_SCANNER=daemon.address)
    health = app.test_client().get("/health")
    assert health.get_json()["scanner"] == {"ok": False}
    assert health.status_code == 200
