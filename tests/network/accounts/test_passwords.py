"""Recovering a password: told to nobody, worth one use, gone in an hour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from network.accounts.links import CONFIRM, RECOVER, LinkGone, make_link, read_link, use_link
from network.accounts.models import Account, MailedLink
from network.accounts.passwords import LONGEST, SHORTEST, UnsafePassword, check_password
from network.core.db import db
from network.core.transaction import transaction
from network.core.worker import run_due
from network.people.models import Person
from tests.support.cast import PASSWORD, Cast
from tests.support.mails import link_in, mails
from tests.support.sending import send, without_token

EMAIL = "priya.raman@harrowdale.example"
NEW = "seven quiet harbours"


def ask(cast: Cast, email: str = EMAIL) -> Any:
    return send(cast.client(), "/recover", email=email)


def test_known_and_unknown_addresses_get_the_same_answer(app: Flask, cast: Cast) -> None:
    cast.person()
    known, unknown = ask(cast), ask(cast, "nobody.at.all@harrowdale.example")
    assert known.status_code == unknown.status_code == 200
    same = without_token(unknown).replace("nobody.at.all@harrowdale.example", EMAIL)
    assert without_token(known) == same
    assert [mail.to for mail in mails(app)] == [EMAIL]


def test_the_link_works_once_and_opening_it_does_nothing(app: Flask, cast: Cast) -> None:
    cast.person()
    signed_in = cast.client(cast.person())
    ask(cast)
    path = link_in(mails(app)[-1])
    assert [cast.client().get(path).status_code for _ in range(3)] == [200, 200, 200]
    assert send(cast.client(), path, password=NEW).location == "/sign-in"
    assert cast.client().get(path).status_code == 410
    assert signed_in.get("/settings").status_code == 303
    assert send(cast.client(), "/sign-in", email=EMAIL, password=NEW).status_code == 303
    assert [mail.subject for mail in mails(app)][-1] == "Your password was changed"


def test_a_link_that_is_used_where_somebody_else_is_signed_in_ends_every_copy_of_their_cookie(
    app: Flask, cast: Cast
) -> None:
    cast.person()
    other = cast.client()
    joe = cast.person("Joe Mistry")
    send(other, "/sign-in", email="joe.mistry@harrowdale.example", password=PASSWORD)
    copy = cast.client()
    with other.session_transaction() as here, copy.session_transaction() as there:
        there.update(here)
    assert copy.get("/settings").status_code == 200
    ask(cast)
    assert send(other, link_in(mails(app)[-1]), password=NEW).location == "/sign-in"
    assert copy.get("/settings").status_code == 303
    assert cast.client(joe).get("/settings").status_code == 200


def test_only_the_newest_link_works(app: Flask, cast: Cast) -> None:
    cast.person()
    ask(cast)
    first = link_in(mails(app)[-1])
    ask(cast)
    second = link_in(mails(app)[-1])
    assert first != second
    assert cast.client().get(first).status_code == 410
    assert cast.client().get(second).status_code == 200


def test_a_link_lasts_an_hour(app: Flask, cast: Cast) -> None:
    cast.person()
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False) as clock:
        ask(cast)
        path = link_in(mails(app)[-1])
        clock.shift(timedelta(minutes=59))
        assert cast.client().get(path).status_code == 200
        clock.shift(timedelta(minutes=2))
        assert cast.client().get(path).status_code == 410
        run_due(app)
    with app.app_context():
        assert db.session.scalars(select(MailedLink)).all() == []


def test_a_changed_password_ends_the_link(app: Flask, cast: Cast) -> None:
    cast.person()
    ask(cast)
    path = link_in(mails(app)[-1])
    send(cast.client(cast.person()), "/settings/password", current=PASSWORD, password=NEW)
    assert cast.client().get(path).status_code == 410


@pytest.mark.parametrize("state", [{"active": False}])
def test_closed_accounts_get_no_link(app: Flask, cast: Cast, state: dict[str, Any]) -> None:
    cast.person()
    ask(cast)
    path = link_in(mails(app)[-1])
    with app.app_context(), transaction():
        db.session.execute(update(Account).values(**state))
    assert cast.client().get(path).status_code == 410
    ask(cast)
    assert len(mails(app)) == 1


def test_several_addresses_in_one_request_make_one_mail_to_the_stored_address(app: Flask, cast: Cast) -> None:
    cast.person()
    send(cast.client(), "/recover", email=[EMAIL, "thief@evil.example"], **{"email[]": "thief@evil.example"})
    send(cast.client(), "/recover", email=f"{EMAIL},thief@evil.example")
    assert [mail.to for mail in mails(app)] == [EMAIL]


def test_recovering_confirms_an_unconfirmed_account_and_its_organisation(app: Flask, cast: Cast) -> None:
    cast.organisation()
    client = cast.client()
    send(client, "/join", name="Ann Evans", email="ann@harrowdale.example", password="a password forgotten", policy="y")
    mails(app)
    send(client, "/recover", email="ann@harrowdale.example")
    send(client, link_in(mails(app)[-1]), password=NEW)
    mails(app)
    assert send(client, "/sign-in", email="ann@harrowdale.example", password=NEW).status_code == 303
    with app.app_context():
        person = db.session.scalars(select(Person).where(Person.name == "Ann Evans")).one()
        assert person.organisation_confirmed
    assert client.get("/people/ann-evans").status_code == 200


def test_a_link_is_for_its_purpose_only_and_random(app: Flask, cast: Cast) -> None:
    cast.person()
    with app.app_context():
        account_id = db.session.scalars(select(Account.id)).one()
        with transaction():
            secrets = {make_link(account_id, RECOVER) for _ in range(3)}
            last = make_link(account_id, RECOVER)
        assert len(secrets) == 3
        assert all(len(secret) >= 43 for secret in secrets)
        assert read_link(last, CONFIRM) is None
        assert read_link(last, RECOVER) is not None
        stored = db.session.scalars(select(MailedLink.digest)).all()
        assert last not in stored


def test_of_two_uses_at_once_one_is_refused(app: Flask, cast: Cast) -> None:
    cast.person()
    with app.app_context():
        account_id = db.session.scalars(select(Account.id)).one()
        with transaction():
            secret = make_link(account_id, RECOVER)
        with transaction():
            use_link(secret, RECOVER)
        with pytest.raises(LinkGone), transaction():
            use_link(secret, RECOVER)


@given(st.text(max_size=SHORTEST - 1))
def test_short_passwords_are_refused(password: str) -> None:
    # NFKC can make a text longer (one sign becomes several letters), which is then what counts.
    import unicodedata

    if len(unicodedata.normalize("NFKC", password)) < SHORTEST:
        with pytest.raises(UnsafePassword):
            check_password(password)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz ", min_size=LONGEST + 1, max_size=LONGEST + 40))
def test_overlong_passwords_are_refused(password: str) -> None:
    with pytest.raises(UnsafePassword, match="128 characters or fewer"):
        check_password(password)


@pytest.mark.parametrize(
    ("password", "fine"),
    [
        ("three blue turnips", True),
        ("x" * 40, False),
        ("priya raman 12", False),
        ("Common Practice 1", False),
        ("password1234", False),
        ("priya raman keeps nine bees", True),
        ("aé6ü7ö8ä9ß0łø", True),
    ],
)
def test_passwords_made_of_what_everybody_knows_are_refused(password: str, fine: bool) -> None:
    try:
        check_password(password, "priya.raman@harrowdale.example", "Priya Raman", "Common Practice")
        accepted = True
    except UnsafePassword:
        accepted = False
    assert accepted is fine
