"""Changing the address: proved first, with the password, told to the old one."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from network.core.db import db
from network.people.models import Person
from tests.support.cast import PASSWORD, Cast
from tests.support.mails import link_in, mails
from tests.support.sending import send, without_token

OLD, NEW = "priya.raman@harrowdale.example", "priya@northmere.example"


def test_the_address_changes_when_the_new_one_is_proved(app: Flask, cast: Cast) -> None:
    cast.organisation()
    north = cast.organisation("northmere", domain="northmere.example")
    client, elsewhere = cast.client(cast.person()), cast.client(cast.person())
    send(client, "/settings/email", email=NEW, current=PASSWORD)
    mail = mails(app)[-1]
    assert mail.to == NEW
    assert client.get(link_in(mail)).status_code == 200
    assert send(cast.client(), "/sign-in", email=NEW, password=PASSWORD).status_code == 200
    assert send(client, link_in(mail)).location == "/settings"
    assert [(one.to, one.subject) for one in mails(app)][-1] == (OLD, "Your email address was changed")
    assert client.get("/settings").status_code == 200
    assert elsewhere.get("/settings").status_code == 303
    assert send(cast.client(), "/sign-in", email=OLD, password=PASSWORD).status_code == 200
    assert send(cast.client(), "/sign-in", email=NEW, password=PASSWORD).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Person.organisation_id)).one() == north


def test_it_asks_for_the_password(app: Flask, cast: Cast) -> None:
    client = cast.client(cast.person())
    page = send(client, "/settings/email", email=NEW, current="not my password at all")
    assert "The password is not right" in page.get_data(as_text=True)
    assert mails(app) == []


def test_a_taken_address_gets_the_same_answer_and_nothing_changes(app: Flask, cast: Cast) -> None:
    cast.person("Owen Pritchard")
    client = cast.client(cast.person())
    taken = send(client, "/settings/email", email="owen.pritchard@harrowdale.example", current=PASSWORD)
    free = send(client, "/settings/email", email=NEW, current=PASSWORD)
    same = without_token(taken).replace("owen.pritchard@harrowdale.example", NEW)
    assert same == without_token(free)
    assert [mail.subject for mail in mails(app)] == ["You already have an account", "Confirm your new email address"]


def test_the_link_is_worth_nothing_to_somebody_else(app: Flask, cast: Cast) -> None:
    send(cast.client(cast.person()), "/settings/email", email=NEW, current=PASSWORD)
    path = link_in(mails(app)[-1])
    assert cast.client().get(path).status_code == 303
    assert cast.client(cast.person("Owen Pritchard")).get(path).status_code == 410


def test_an_address_taken_in_the_meantime_is_refused(app: Flask, cast: Cast) -> None:
    client = cast.client(cast.person())
    send(client, "/settings/email", email=NEW, current=PASSWORD)
    path = link_in(mails(app)[-1])
    cast.person("Fatima Siddiqui", email=NEW)
    assert send(client, path).status_code == 410
    assert client.get("/settings").status_code == 200
