"""Signing in says nothing about who has an account, and leads nowhere but back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from network.accounts import passwords
from network.accounts.links import RECOVER, make_link
from network.accounts.models import Account
from network.core.db import db
from network.core.outbox import OutboxRow
from network.core.transaction import transaction
from network.core.web.limits import limiter
from tests.support.app import make_app
from tests.support.cast import PASSWORD, Cast
from tests.support.sending import send, token, without_token

EMAIL = "priya.raman@harrowdale.example"
HOSTILE = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/%2f%2fevil.example",
    "/%5cevil.example",
    "https://evil.example/",
    "https:evil.example",
    "https:///evil.example",
    "http://localhost.evil.example/",
    "http://localhost@evil.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    "/\t/evil.example",
    "\n//evil.example",
    "http://[",
    "http://[::1",
    "evil.example",
    "/" + "a" * 3000,
]


def set_account(app: Flask, **values: Any) -> None:
    with app.app_context(), transaction():
        db.session.execute(update(Account).where(Account.email == EMAIL).values(**values))


def anonymous(response: Any) -> str:
    """The page without what differs by itself: the form token and the address that was typed."""
    return re.sub(r'name="email" type="email" value="[^"]*"', "", without_token(response))


@pytest.mark.parametrize(
    ("email", "password", "state"),
    [
        (EMAIL, "not the password at all", {}),
        ("nobody@harrowdale.example", PASSWORD, {}),
        (EMAIL, PASSWORD, {"confirmed_at": None}),
        (EMAIL, PASSWORD, {"active": False}),
    ],
    ids=["wrong password", "unknown address", "unconfirmed", "deactivated"],
)
def test_every_refusal_looks_and_costs_the_same(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch, email: str, password: str, state: dict[str, Any]
) -> None:
    cast.person()
    expected = send(cast.client(), "/sign-in", email="someone@else.example", password="whatever it may be")
    if state:
        set_account(app, **state)
    checks: list[str] = []
    real = passwords.verify_password

    def counted(typed: str, stored: str) -> bool:
        checks.append(stored)
        return real(typed, stored)

    monkeypatch.setattr(passwords, "verify_password", counted)
    client = cast.client()
    response = send(client, "/sign-in", email=email, password=password)
    assert response.status_code == 200
    assert "The email address or password is not right" in response.get_data(as_text=True)
    assert anonymous(response) == anonymous(expected)
    assert len(checks) == 1
    assert checks[0].startswith("$argon2id$")
    assert client.get("/settings").status_code == 303


def test_the_right_password_signs_in_and_leads_back(cast: Cast) -> None:
    cast.person()
    client = cast.client()
    refused = client.get("/settings/profile")
    assert refused.location == "/sign-in?next=/settings/profile"
    response = send(client, refused.location, email=EMAIL.upper(), password=PASSWORD)
    assert (response.status_code, response.location) == (303, "/settings/profile")
    assert client.get("/settings/profile").status_code == 200


@pytest.mark.parametrize("target", HOSTILE)
def test_nobody_is_led_off_the_site(cast: Cast, target: str) -> None:
    cast.person()
    client = cast.client()
    assert client.get("/sign-in", query_string={"next": target}).status_code == 200
    response = send(client, "/sign-in", email=EMAIL, password=PASSWORD, next=target)
    assert response.status_code == 303
    assert re.fullmatch(r"/(?![/\\])[^\\]*", response.location)
    assert "evil" not in response.location or response.location == "/evil.example"
    assert cast.client(cast.person()).get("/sign-in", query_string={"next": target}).status_code == 303


def test_a_planted_session_is_dropped_at_sign_in(cast: Cast) -> None:
    cast.person()
    client = cast.client()
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    before = token(client)
    send(client, "/sign-in", email=EMAIL, password=PASSWORD)
    with client.session_transaction() as session:
        assert "planted" not in session
    assert client.post("/sign-out", data={"csrf_token": before}).status_code == 400


def test_passwords_are_the_same_on_every_keyboard(cast: Cast) -> None:
    cast.person()
    wide = PASSWORD.replace("o", "\N{FULLWIDTH LATIN SMALL LETTER O}")
    assert send(cast.client(), "/sign-in", email=EMAIL, password=wide).status_code == 303


def test_signing_out_needs_a_form_with_its_token(cast: Cast) -> None:
    client = cast.client(cast.person())
    assert client.get("/sign-out").status_code == 405
    assert client.post("/sign-out").status_code == 400
    assert client.get("/settings").status_code == 200
    response = send(client, "/settings", action="/sign-out")
    assert (response.status_code, response.location) == (303, "/")
    assert "Clear-Site-Data" not in response.headers
    assert client.get("/settings").status_code == 303


@pytest.fixture
def limited(tmp_path: Path) -> Iterator[Cast]:
    """An application that counts how often somebody knocks."""
    app = make_app(tmp_path / "limited", config={"RATELIMIT_ENABLED": True})
    cast = Cast(app)
    cast.person()
    yield cast
    with app.app_context():
        limiter.reset()
    limiter.enabled = False


def knock(cast: Cast, email: str, address: str, password: str = "guess number something") -> Any:
    client = cast.client()
    client.environ_base = {**client.environ_base, "REMOTE_ADDR": address}
    return send(client, "/sign-in", email=email, password=password)


def knocks(cast: Cast, email: str, *addresses: str) -> list[int]:
    return [knock(cast, email, address).status_code for address in addresses]


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.get_data(as_text=True)).split())


def test_guessing_stops_whoever_guesses_and_not_the_owner(limited: Cast) -> None:
    assert knocks(limited, EMAIL, *["10.0.0.1"] * 12) == [200] * 10 + [429] * 2
    assert knock(limited, EMAIL.swapcase(), "10.0.0.1", PASSWORD).status_code == 429
    assert knock(limited, EMAIL, "10.0.0.2", PASSWORD).status_code == 303


def test_right_passwords_and_empty_forms_do_not_count(limited: Cast) -> None:
    assert [knock(limited, EMAIL, "10.0.0.1", PASSWORD).status_code for _ in range(25)] == [303] * 25
    assert [knock(limited, EMAIL, "10.0.0.1", "").status_code for _ in range(25)] == [200] * 25
    assert knock(limited, EMAIL, "10.0.0.1").status_code == 200


def test_guessing_one_account_from_many_places_is_slowed_down_too(limited: Cast) -> None:
    many = [f"10.0.{n}.1" for n in range(102)]
    assert knocks(limited, EMAIL, *many) == [200] * 100 + [429] * 2
    refused = knock(limited, EMAIL, "10.0.200.1", PASSWORD)
    assert refused.status_code == 429
    assert "100 wrong passwords were typed for this email address in an hour" in words(refused)
    assert knock(limited, "other@harrowdale.example", "10.0.0.1").status_code == 200


def test_the_page_says_what_happened_and_the_mail_lets_the_owner_in(limited: Cast) -> None:
    many = [f"10.0.{n}.1" for n in range(90)]
    knocks(limited, EMAIL, *["10.0.0.1"] * 10, *many)
    page = knock(limited, EMAIL, "10.0.0.1", PASSWORD)
    assert "10 wrong passwords were typed for this email address on your network in 15 minutes" in words(page)
    assert "somebody else" in words(page)
    assert 'href="/recover"' in page.get_data(as_text=True)
    with limited.app.app_context(), transaction():
        account = db.session.scalars(select(Account).where(Account.email == EMAIL)).one()
        secret = make_link(account.id, RECOVER)
    chosen = "seven green umbrellas"
    client = limited.client()
    client.environ_base = {**client.environ_base, "REMOTE_ADDR": "10.0.0.1"}
    assert send(client, f"/recover/{secret}", password=chosen).status_code == 303
    assert knock(limited, EMAIL, "10.0.0.1", chosen).status_code == 303
    assert knock(limited, EMAIL, "10.0.5.5", chosen).status_code == 303


def test_the_limit_is_the_same_for_addresses_without_an_account(limited: Cast) -> None:
    unknown = "nobody@harrowdale.example"
    known, other = (
        [anonymous(knock(limited, email, "10.0.0.1" if email == EMAIL else "10.0.0.2")) for _ in range(11)]
        for email in (EMAIL, unknown)
    )
    assert known == other
    assert anonymous(knock(limited, EMAIL, "10.0.0.1", PASSWORD)) == known[-1]


def test_guessing_many_accounts_from_one_place_is_slowed_down(limited: Cast) -> None:
    answers = [knock(limited, f"person{n}@harrowdale.example", "10.0.0.9").status_code for n in range(22)]
    assert answers == [200] * 20 + [429] * 2
    page = words(knock(limited, EMAIL, "10.0.0.9", PASSWORD))
    assert "20 wrong passwords were typed on your network in a minute" in page
    assert knock(limited, "person1@harrowdale.example", "10.0.0.10").status_code == 200


def test_a_mail_lets_in_whoever_shares_a_network_with_a_guesser(limited: Cast) -> None:
    knocks(limited, "person@harrowdale.example", *["10.0.0.9"] * 10)
    knocks(limited, "another@harrowdale.example", *["10.0.0.9"] * 10)
    page = knock(limited, EMAIL, "10.0.0.9", PASSWORD)
    assert page.status_code == 429
    assert 'href="/recover"' in page.get_data(as_text=True)
    with limited.app.app_context(), transaction():
        account = db.session.scalars(select(Account).where(Account.email == EMAIL)).one()
        secret = make_link(account.id, RECOVER)
    client = limited.client()
    client.environ_base = {**client.environ_base, "REMOTE_ADDR": "10.0.0.9"}
    assert send(client, f"/recover/{secret}", password="seven green umbrellas").status_code == 303
    assert send(client, "/sign-in", email="sam@harrowdale.example", password="a guess of mine").status_code == 429
    assert send(client, "/sign-in", email=EMAIL, password="seven green umbrellas").status_code == 303


def test_nobody_switches_off_the_recovery_of_somebody_else(limited: Cast) -> None:
    def ask(address: str) -> int:
        client = limited.client()
        client.environ_base = {**client.environ_base, "REMOTE_ADDR": address}
        status: int = send(client, "/recover", email=EMAIL).status_code
        return status

    assert [ask("10.0.0.1") for _ in range(4)] == [200] * 3 + [429]
    assert ask("10.0.0.2") == 200
    assert [ask(f"10.0.{n}.3") for n in range(22)] == [200] * 22
    with limited.app.app_context():
        asked = select(func.count()).where(OutboxRow.consumer == "recovery")
        assert db.session.scalar(asked) == 20


def test_signing_in_works_while_nothing_can_be_counted(limited: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any, **__: Any) -> bool:
        raise ConnectionError("Redis is away")

    for name in ("hit", "test", "clear"):
        monkeypatch.setattr(type(limiter.limiter), name, away)
    assert knock(limited, EMAIL, "10.0.0.1").status_code == 200
    assert knock(limited, EMAIL, "10.0.0.1", PASSWORD).status_code == 303
