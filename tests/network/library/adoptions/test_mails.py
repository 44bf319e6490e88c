"""How did it go, three months later; and a change that matters. Each once, to those who may read it, until stopped."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select, update

from network.accounts.models import Account
from network.core.clock import now
from network.core.db import db
from network.core.events import publish
from network.core.mail.kept import KeptMail
from network.core.transaction import transaction
from network.groups.models import Membership
from network.library.adoptions.actions import answer
from network.library.adoptions.asking import ask_due
from network.library.adoptions.events import GuideChangeMatters
from network.library.adoptions.models import Adoption, AdoptionReporter
from network.library.events import GuideWithdrawn
from network.people.models import Person
from tests.network.library.adoptions.uses import Town, send, words
from tests.network.library.shelf import Shelf
from tests.support.mails import mails

LONG_AGO = timedelta(days=100)


def ask(town: Town) -> list[KeptMail]:
    """Let the job run twice, as it comes round; the mails about how it went."""
    with town.app.app_context():
        ask_due()
        ask_due()
    return [mail for mail in mails(town.app) if mail.subject.startswith("How did it go")]


def links(mail: KeptMail) -> dict[str, str]:
    """The paths in a mail, by what they end on."""
    found = {}
    for piece, is_link in mail.parts:
        if is_link:
            parts = urlsplit(piece)
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            found[parts.query or ("stop" if "/adoptions/stop/" in path else path)] = path
    return found


def test_whoever_has_not_said_is_asked_once_after_three_months(town: Town) -> None:
    early = town.use(town.nia, at=now() - timedelta(days=80))
    assert ask(town) == []
    old = town.use(town.tom, at=now() - LONG_AGO)
    told = town.use(town.lone, "worked", at=now() - LONG_AGO)
    asked = ask(town)
    assert [mail.to for mail in asked] == ["tom@tidewell.example"]
    assert town.adoption(old).asked_at is not None
    assert town.adoption(early).ask_at is not None
    assert town.adoption(told).ask_at is None
    assert "How did it go with “Bins”?" in words(town.cast.client(town.tom), "/")


def test_opening_a_link_records_nothing_and_sending_does_signed_out(town: Town) -> None:
    number = town.use(town.nia, at=now() - LONG_AGO)
    link = links(ask(town)[0])["went=did-not-work"]
    visitor = town.cast.client()
    for _ in range(2):
        page = words(visitor, link)
    assert town.adoption(number).result == ""
    assert re.search(r'value="did-not-work" checked', page)
    assert town.counts() == (1, 1)
    assert visitor.post(link, data={"result": "worked"}).status_code == 400, "without the form’s own token"
    send(visitor, link, result="did-not-work")
    assert town.adoption(number).result == "did-not-work"
    assert town.counts() == (0, 1)
    assert "This question is answered" in words(visitor, link)
    send(visitor, link, result="worked")
    assert town.adoption(number).result == "did-not-work", "the link is good for one answer"
    assert "How did it go" not in words(town.cast.client(town.nia), "/")


@pytest.mark.parametrize("what", ["suspended", "moved", "named nowhere"])
def test_the_answer_is_theirs_only_who_could_give_it_signed_in(town: Town, what: str) -> None:
    number = town.use(town.nia, at=now() - LONG_AGO)
    mail = links(ask(town)[0])
    visitor = town.cast.client()
    assert visitor.get(mail["went=worked"]).status_code == 200
    elsewhere = town.cast.organisation("elsewhere") if what == "moved" else None
    asked_at = town.adoption(number).asked_at
    assert asked_at is not None
    with town.app.app_context(), transaction():
        nia = db.session.get_one(Person, town.nia)
        if what == "suspended":
            db.session.execute(update(Account).where(Account.id == nia.account_id).values(active=False))
        else:
            nia.organisation_id = elsewhere
    assert visitor.get(mail["went=worked"]).status_code == 404
    with town.app.app_context(), transaction():
        assert not answer(adoption_id=number, person_id=town.nia, asked_at=asked_at, result="worked")
    assert town.adoption(number).result == ""
    assert visitor.get(mail["stop"]).status_code == 200


def test_of_two_answers_at_one_time_the_first_counts(town: Town) -> None:
    number = town.use(town.nia, at=now() - LONG_AGO)
    ask(town)
    asked_at = town.adoption(number).asked_at
    assert asked_at is not None
    taken = []
    for result in ("worked", "did-not-work"):
        with town.app.app_context(), transaction():
            taken.append(answer(adoption_id=number, person_id=town.nia, asked_at=asked_at, result=result))
    assert taken == [True, False]
    assert town.adoption(number).result == "worked"


def test_too_early_is_asked_again_three_months_later(town: Town) -> None:
    number = town.use(town.nia, at=now() - LONG_AGO)
    send(town.cast.client(), links(ask(town)[0])["went=too-early"], result="too-early")
    assert town.adoption(number).asked_at is None
    assert len(ask(town)) == 1
    with town.app.app_context(), transaction():
        db.session.get_one(Adoption, number).ask_at = now() - timedelta(minutes=1)
    assert len(ask(town)) == 2


def test_a_made_up_or_foreign_link_is_no_page(town: Town) -> None:
    number = town.use(town.nia, at=now() - LONG_AGO)
    mail = links(ask(town)[0])
    visitor = town.cast.client()
    for link in (mail["went=worked"].replace("?", "x?"), "/adoptions/answer/a.b", "/adoptions/stop/W10.x"):
        assert visitor.get(link).status_code == 404
    token = mail["stop"].rsplit("/", 1)[1]
    assert visitor.get(f"/adoptions/answer/{token}").status_code == 404, "a stopping link cannot answer"
    assert town.adoption(number).result == ""


def test_who_is_not_asked(app: Flask, town: Town, shelf: Shelf) -> None:
    """The deactivated, who works elsewhere by now, who left the group, who stopped, and who stopped the mails."""
    closed = town.cast.group("serious-cases", closed=True, facilitators=(town.owner,), members=(town.tom,))
    secret = shelf.guide(town.owner, "Secret", group_id=closed).id
    town.use(town.tom, guide=secret, at=now() - LONG_AGO)
    town.use(town.nia, at=now() - LONG_AGO)
    gone = town.use(town.ned, at=now() - LONG_AGO)
    moved = town.worker("castlebeck", "Mo")
    town.use(moved, at=now() - LONG_AGO)
    stopped = town.worker("fenland", "Sol")
    town.stop(stopped, town.use(stopped, at=now() - LONG_AGO))
    tidewell = town.cast.viewer(town.tom).organisation_id
    with app.app_context(), transaction():
        db.session.delete(db.session.get_one(Membership, (closed, town.tom)))
        db.session.get_one(Account, town.cast.viewer(town.ned).account_id).active = False
        db.session.get_one(Person, moved).organisation_id = tidewell
    assert [mail.to for mail in ask(town)] == ["nia@northmere.example"]
    assert town.adoption(gone).asked_at is not None


def change(town: Town, person: int, note: str, **fields: str) -> None:
    client = town.cast.client(person)
    answer = send(client, "/library/bins/edit", act="publish", title="Bins", body=note, note=note, kind="guide",
                  language="en", licence="CC-BY-4.0", **fields)  # fmt: skip
    assert answer.status_code == 303, answer.get_data(as_text=True)


def test_only_a_change_that_matters_is_told_and_only_to_those_who_use_it(town: Town) -> None:
    owner = town.cast.client(town.owner)
    assert "matters to those who use this guide" not in words(owner, "/library/bins/edit")
    town.use(town.nia)
    town.use(town.ned)
    town.use(town.tom, "did-not-work", "No")
    stopped = town.worker("fenland", "Sol")
    town.stop(stopped, town.use(stopped))
    page = words(owner, "/library/bins/edit")
    assert "We write to those who use it and say what changed: 3 people in 2 organisations. Leave" in page
    assert not re.search(r'name="matters"[^>]*checked', page)
    change(town, town.owner, "A comma")
    assert mails(town.app) == []
    change(town, town.owner, "The form has a new number", matters="y")
    told = mails(town.app)
    assert sorted(mail.to for mail in told) == [
        "ned@northmere.example",
        "nia@northmere.example",
        "tom@tidewell.example",
    ]
    text = "".join(piece for piece, _ in told[0].parts)
    assert "The form has a new number" in text
    assert "/library/bins/history/compare?from=2&to=3" in text
    town.settle()
    assert len(mails(town.app)) == 3


def test_one_press_stops_mails_about_a_use(town: Town) -> None:
    town.use(town.nia)
    change(town, town.owner, "First", matters="y")
    (mail,) = mails(town.app)
    stop = links(mail)["stop"]
    visitor = town.cast.client()
    assert "Stop mails about this guide" in words(visitor, stop)
    change(town, town.owner, "Second", matters="y")
    assert len(mails(town.app)) == 2, "opening the link stopped nothing"
    answer = visitor.post(stop, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert "matters to those" not in words(town.cast.client(town.owner), "/library/bins/edit")
    assert town.counts() == (1, 1)
    assert "These mails are stopped" in words(visitor, stop)


def test_links_in_older_mails_still_work(town: Town) -> None:
    number = town.use(town.nia, at=now() - LONG_AGO)
    before = {name: link.replace("/adoptions/", "/library/used/") for name, link in links(ask(town)[0]).items()}
    visitor = town.cast.client()
    send(visitor, before["went=worked"], result="worked")
    assert town.adoption(number).result == "worked"
    assert visitor.post(before["stop"], data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert "These mails are stopped" in words(visitor, before["stop"])


def test_what_is_asked_shows_nothing_to_who_may_not_read_any_more(town: Town, shelf: Shelf) -> None:
    closed = town.cast.group("serious-cases", closed=True, facilitators=(town.owner,), members=(town.tom,))
    secret = shelf.guide(town.owner, "Zebrafinch", group_id=closed).id
    number = town.use(town.tom, guide=secret, at=now() - LONG_AGO)
    link = links(ask(town)[0])["went=worked"]
    visitor = town.cast.client()
    assert "Zebrafinch" in words(visitor, link)
    with town.app.app_context(), transaction():
        db.session.delete(db.session.get_one(Membership, (closed, town.tom)))
    assert visitor.get(link).status_code == 404
    assert "Zebrafinch" not in words(town.cast.client(town.tom), "/")
    with town.app.app_context():
        assert db.session.scalar(select(Adoption.result).where(Adoption.id == number)) == ""


@pytest.mark.parametrize("left", [False, True])
def test_a_change_says_nothing_to_who_left_the_group(town: Town, shelf: Shelf, left: bool) -> None:
    closed = town.cast.group("serious-cases", closed=True, facilitators=(town.owner,), members=(town.tom,))
    secret = shelf.guide(town.owner, "Zebrafinch", group_id=closed)
    town.use(town.tom, guide=secret.id)
    if left:
        with town.app.app_context(), transaction():
            db.session.delete(db.session.get_one(Membership, (closed, town.tom)))
    page = words(town.cast.client(town.owner), f"/library/{secret.slug}/edit")
    assert ("say what changed: 1 person" in page) != left
    with town.app.app_context(), transaction():
        publish(GuideChangeMatters(secret.id, 1))
        db.session.execute(update(AdoptionReporter).values(told_version=0))
    assert len(mails(town.app)) == (0 if left else 1)


def said(mail: KeptMail) -> str:
    """Its text."""
    return "".join(piece for piece, _ in mail.parts)


def withdraw(town: Town, **fields: str) -> list[KeptMail]:
    """The owner withdraws the guide; the mails about that."""
    send(town.cast.client(town.owner), "/library/bins/withdraw", reason="The rules changed", **fields)
    town.settle()
    return [mail for mail in mails(town.app) if mail.subject == "“Bins” has been withdrawn"]


def test_those_who_use_a_guide_hear_once_that_it_was_withdrawn(town: Town, shelf: Shelf) -> None:
    shelf.guide(town.owner, "Waste")
    town.use(town.nia, "worked")
    town.use(town.ned)
    town.use(town.lone, "did-not-work")
    stopped = town.use(town.tom)
    town.stop(town.tom, stopped)
    town.settle()
    form = words(town.cast.client(town.owner), "/library/bins/withdraw")
    assert "1 organisation uses it" in form
    assert "goes to 2 people in 1 organisation and 1 person without one" in form
    told = withdraw(town, successor="Waste")
    assert sorted(mail.to for mail in told) == sorted(
        ["nia@northmere.example", "ned@northmere.example", "lone@nowhere.example"]
    )
    for mail in told:
        assert "The reason: The rules changed" in said(mail)
        assert "It is replaced by “Waste”" in said(mail)
    with town.app.app_context(), transaction():
        publish(GuideWithdrawn("guide", town.guide))
    town.settle()
    assert len(mails(town.app)) == 3, "delivered twice, told once"
    visitor = town.cast.client()
    stop = links(told[0])["stop"]
    assert "Stop mails about this guide" in words(visitor, stop)
    assert visitor.post(stop, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    owner = town.cast.client(town.owner)
    send(owner, "/library/bins/put-back")
    assert len(withdraw(town)) == 3 + 2, "once more for another withdrawal, but for who stopped the mails"


@pytest.mark.parametrize("stops", [False, True])
def test_who_uses_and_flagged_a_guide_hears_once_that_it_was_withdrawn(town: Town, *, stops: bool) -> None:
    number = town.use(town.nia)
    for person in (town.nia, town.tom):
        send(town.cast.client(person), "/library/bins/flags/new", reason="The form is another one")
    town.settle()
    if stops:
        with town.app.app_context(), transaction():
            db.session.execute(
                update(AdoptionReporter).where(AdoptionReporter.adoption_id == number).values(mails=False)
            )
    before = len(mails(town.app))
    withdraw(town)
    told = sorted((mail.to.partition("@")[0], mail.subject) for mail in mails(town.app)[before:])
    to_nia = "“Bins” is withdrawn" if stops else "“Bins” has been withdrawn"
    assert told == [("nia", to_nia), ("tom", "“Bins” is withdrawn")]


def test_a_withdrawal_says_nothing_to_who_may_not_know(town: Town, shelf: Shelf) -> None:
    """Neither of the guide, to who left its group, nor of what replaces it, to who cannot read that."""
    closed = town.cast.group("serious-cases", closed=True, facilitators=(town.owner,), members=(town.tom, town.nia))
    secret = shelf.guide(town.owner, "Zebrafinch", group_id=closed)
    for person in (town.tom, town.nia):
        town.use(person, guide=secret.id)
    with town.app.app_context(), transaction():
        db.session.delete(db.session.get_one(Membership, (closed, town.tom)))
    town.use(town.tom)
    owner = town.cast.client(town.owner)
    send(owner, "/library/bins/withdraw", reason="Old", successor="Zebrafinch")
    town.settle()
    send(owner, f"/library/{secret.slug}/withdraw", reason="Old")
    town.settle()
    kept = mails(town.app)
    assert [(mail.to, mail.subject) for mail in kept if "Zebrafinch" in mail.subject] == [
        ("nia@northmere.example", "“Zebrafinch” has been withdrawn")
    ]
    assert all("Zebrafinch" not in said(mail) for mail in kept if mail.to.startswith("tom"))
    assert any(mail.to.startswith("tom") for mail in kept)
