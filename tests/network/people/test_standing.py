"""Suspending, reinstating and closing accounts by the command line."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from network.accounts.actions import account_by_email
from network.audit.models import AuditEntry
from network.core.db import db
from network.core.mail.message import queue_mail
from network.core.transaction import transaction
from network.core.worker import drain
from network.people.models import Person
from network.people.standing import LastAdministrator, suspend
from tests.support.cast import PASSWORD, Cast
from tests.support.mails import mails
from tests.support.sending import send

EMAIL = "priya.raman@harrowdale.example"


def run(app: Flask, *words: str, **more: Any) -> Any:
    """`flask accounts …`"""
    return app.test_cli_runner().invoke(args=["accounts", *words], **more)


def acts(app: Flask) -> list[tuple[str, dict[str, Any]]]:
    """What the audit log tells of accounts."""
    with app.app_context():
        entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))
        return [(one.act, one.detail) for one in entries if one.act.startswith("account.")]


def test_a_suspended_account_is_out_with_the_next_request_and_nobody_sees_or_finds_its_profile(
    app: Flask, cast: Cast
) -> None:
    client, visitor = cast.client(cast.person()), cast.client()
    while drain(app):
        pass
    assert client.get("/settings").status_code == 200
    assert "Priya Raman" in visitor.get("/search?q=priya").get_data(as_text=True)
    assert run(app, "suspend", EMAIL, "--reason", "Sells conservatories").exit_code == 0
    while drain(app):
        pass
    assert client.get("/settings").status_code == 303
    assert "is not right" in send(cast.client(), "/sign-in", email=EMAIL, password=PASSWORD).get_data(as_text=True)
    assert visitor.get("/people/priya-raman").status_code == 404
    assert "Priya Raman" not in visitor.get("/search?q=priya").get_data(as_text=True)
    assert acts(app) == [("account.suspend", {"reason": "Sells conservatories"})]


def test_a_reinstated_account_is_as_it_was(app: Flask, cast: Cast) -> None:
    cast.person()
    run(app, "suspend", EMAIL, "--reason", "By mistake")
    assert run(app, "reinstate", EMAIL).exit_code == 0
    while drain(app):
        pass
    assert send(cast.client(), "/sign-in", email=EMAIL, password=PASSWORD).status_code == 303
    assert "Priya Raman" in cast.client().get("/search?q=priya").get_data(as_text=True)


def test_no_mail_goes_to_the_suspended(app: Flask, cast: Cast) -> None:
    """Neither what was queued, nor what strangers could have sent there."""
    cast.person()
    with app.app_context(), transaction():
        queue_mail(EMAIL, "Queued before", "accounts/email_changed")
    run(app, "suspend", EMAIL, "--reason", "Sells conservatories")
    send(cast.client(), "/recover", email=EMAIL)
    joining = {"name": "Priya Raman", "email": EMAIL, "password": PASSWORD, "policy": "y"}
    assert "Check your email" in send(cast.client(), "/join", **joining).get_data(as_text=True)
    other = cast.client(cast.person("Owen Pritchard"))
    assert send(other, "/settings/email", email=EMAIL, current=PASSWORD).status_code == 200
    assert [mail.subject for mail in mails(app) if mail.to == EMAIL] == []


def test_an_account_is_closed_for_somebody_who_asked_by_mail(app: Flask, cast: Cast) -> None:
    person = cast.person()
    assert run(app, "close", EMAIL, input="n\n").exit_code != 0
    assert cast.client().get("/people/priya-raman").status_code == 200
    assert run(app, "close", EMAIL, "--credit", "name", "--yes").exit_code == 0
    assert cast.client().get("/people/priya-raman").status_code == 404
    assert acts(app) == [("account.close", {"posts": "stay", "credit": "name", "collections": "leave"})]
    with app.app_context():
        row = db.session.get_one(Person, person)
        assert (row.name, row.credit, row.handle) == ("Former member", "Priya Raman", None)
    assert [mail.subject for mail in mails(app) if mail.to == EMAIL] == ["Your account is closed"]


def test_a_suspended_account_can_be_closed(app: Flask, cast: Cast) -> None:
    person = cast.person()
    cast.group("registers", facilitators=(person,))
    run(app, "suspend", EMAIL, "--reason", "Sells conservatories")
    assert run(app, "close", EMAIL, "--posts", "markers", "--yes").exit_code == 0
    with app.app_context():
        assert db.session.get_one(Person, person).account_id is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("suspend", "nobody@harrowdale.example", "--reason", "x"), "Nobody has an account with the address"),
        (("close", "nobody@harrowdale.example", "--yes"), "Nobody has an account with the address"),
        (("reinstate", EMAIL), "is not suspended"),
        (("suspend", "ada.min@harrowdale.example", "--reason", "x"), "Nobody else is an administrator here"),
        (("close", "ada.min@harrowdale.example", "--yes"), "Nobody else is an administrator here"),
    ],
)
def test_what_cannot_be_done_is_said_and_not_done(app: Flask, cast: Cast, words: tuple[str, ...], said: str) -> None:
    cast.person()
    cast.person("Ada Min", role="administrator")
    done = run(app, *words)
    assert done.exit_code == 1
    assert said in done.output
    assert acts(app) == []


def test_two_administrators_who_go_in_the_same_moment_do_not_both_go(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    emails = ("ada@nowhere.example", "bo@nowhere.example")
    for name, email in zip(("Ada Min", "Bo Min"), emails, strict=True):
        cast.person(name, role="administrator", email=email)
    monkeypatch.setattr("network.people.standing.withdraw_mails", lambda _email: time.sleep(0.5))

    def went(email: str) -> bool:
        with app.app_context():
            try:
                with transaction():
                    account = account_by_email(email)
                    assert account is not None
                    suspend(account, reason="Tired")
            except LastAdministrator:
                return False
            return True

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(went, emails)) == [False, True]
