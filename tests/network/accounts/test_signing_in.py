"""Signing in says nothing about who has an account, and leads nowhere but back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from network.accounts import passwords
from network.accounts.models import Account
from network.core.db import db
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


def knock(cast: Cast, email: str, address: str) -> int:
    client = cast.client()
    client.environ_base = {**client.environ_base, "REMOTE_ADDR": address}
    return int(send(client, "/sign-in", email=email, password="guess number something").status_code)


def test_guessing_one_account_is_slowed_down_from_wherever_it_comes(limited: Cast) -> None:
    answers = [knock(limited, EMAIL.swapcase() if n % 2 else EMAIL, f"10.0.0.{n}") for n in range(12)]
    assert answers == [200] * 10 + [429] * 2
    assert knock(limited, "other@harrowdale.example", "10.0.0.1") == 200


def test_guessing_many_accounts_from_one_place_is_slowed_down(limited: Cast) -> None:
    answers = [knock(limited, f"person{n}@harrowdale.example", "10.0.0.9") for n in range(22)]
    assert answers == [200] * 20 + [429] * 2
    assert knock(limited, "person1@harrowdale.example", "10.0.0.10") == 200
