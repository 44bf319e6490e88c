"""Joining says nothing about who is here already, and proves the address before anybody is shown."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from network.accounts.models import Account
from network.core.db import db
from network.core.worker import run_due
from network.people.models import Person
from network.policy.models import PolicyAcceptance
from tests.support.app import make_app
from tests.support.cast import PASSWORD, Cast
from tests.support.mails import link_in, mails
from tests.support.sending import filled, find_form, send

ANN = {
    "name": "Ann Evans",
    "email": "ann.evans@harrowdale.example",
    "job_title": "Planning officer",
    "password": "three blue turnips",
    "policy": "y",
}


def join(client: Any, **changes: Any) -> Any:
    return send(client, "/join", **{**ANN, **changes})


def people(app: Flask) -> dict[str, Any]:
    with app.app_context():
        return {person.name: person for person in db.session.scalars(select(Person))}


def test_joining_confirming_and_landing_where_one_wanted_to_go(app: Flask, cast: Cast) -> None:
    harrowdale = cast.organisation()
    client = cast.client()
    assert client.get("/join?next=/settings").status_code == 200
    assert "ann.evans@harrowdale.example" in send(client, "/join?next=/settings/profile", **ANN).get_data(as_text=True)
    path = link_in(mails(app)[-1])
    assert path.endswith("?next=/settings/profile")
    assert client.get("/people/ann-evans").status_code == 404
    assert send(client, path, password=ANN["password"]).location == "/settings/profile"
    assert client.get("/settings/profile").status_code == 200
    page = client.get("/people/ann-evans").get_data(as_text=True)
    assert "Planning officer" in page
    assert people(app)["Ann Evans"].organisation_id == harrowdale
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(PolicyAcceptance)) == 1


def test_a_used_link_says_to_whoever_is_signed_in_that_all_is_well(app: Flask, cast: Cast) -> None:
    client = cast.client()
    send(client, "/join?next=/settings/profile", **ANN)
    path = link_in(mails(app)[-1])
    send(client, path, password=ANN["password"])
    again, elsewhere = client.get(path), cast.client().get(path)
    assert again.status_code == 200
    assert "Your address is confirmed already" in again.text
    assert 'href="/settings/profile"' in again.text
    assert elsewhere.status_code == 410
    assert "confirmed already" not in elsewhere.text


def test_signing_in_too_early_sends_the_link_again_and_the_page_does_not_tell(app: Flask, cast: Cast) -> None:
    cast.organisation()
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False) as clock:
        page = join(cast.client())
        assert "we send the link again" in page.text

        def sign_in(email: str = ANN["email"], password: str = ANN["password"]) -> Any:
            return send(cast.client(), "/sign-in?next=/updates", email=email, password=password)

        refused = sign_in()
        assert "Have you joined and not confirmed your address yet?" in refused.text
        assert "Have you joined" not in cast.client().get("/sign-in").text
        first = mails(app)
        assert [mail.to for mail in first] == [ANN["email"]], "the first may still be on its way"
        clock.shift(timedelta(minutes=11))
        sign_in(password="three blue carrots")
        sign_in(email="nobody@harrowdale.example")
        assert mails(app) == first
        sign_in()
        sign_in()
        again = mails(app)[-1]
        assert (again.to, again.subject, len(mails(app))) == (ANN["email"], "Confirm your email address", 2)
        client = cast.client()
        assert send(client, link_in(again), password=ANN["password"]).location == "/updates"
        clock.shift(timedelta(minutes=11))
        sign_in()
        assert len(mails(app)) == 2


@pytest.mark.parametrize(("domain", "told"), [("webmail.example", True), ("harrowdale.example", False)])
def test_who_comes_with_an_address_of_no_known_organisation_is_told_once(
    app: Flask, cast: Cast, domain: str, told: bool
) -> None:
    cast.organisation()
    client = cast.client()
    join(client, email=f"ann@{domain}")
    landed = send(client, link_in(mails(app)[-1]), password=ANN["password"]).location
    assert ("Organisation not confirmed:" in client.get(landed).get_data(as_text=True)) is told
    assert "Organisation not confirmed:" not in client.get(landed).get_data(as_text=True)


def test_known_and_unknown_addresses_get_the_same_answer(app: Flask, cast: Cast) -> None:
    cast.person()
    known = join(cast.client(), email="Priya.Raman@Harrowdale.example")
    unknown = join(cast.client())
    assert known.status_code == unknown.status_code == 200
    same = known.get_data(as_text=True).replace("priya.raman@harrowdale.example", ANN["email"])
    assert same == unknown.get_data(as_text=True)
    assert [(mail.to, mail.subject) for mail in mails(app)] == [
        ("priya.raman@harrowdale.example", "You already have an account"),
        (ANN["email"], "Confirm your email address"),
    ]
    assert send(cast.client(), "/sign-in", email="priya.raman@harrowdale.example", password=PASSWORD).status_code == 303


def test_opening_the_link_confirms_nothing(app: Flask, cast: Cast) -> None:
    join(cast.client())
    path = link_in(mails(app)[-1])
    assert [cast.client().get(path).status_code for _ in range(3)] == [200] * 3
    assert cast.client().get("/people/ann-evans").status_code == 404


def test_a_stranger_s_password_is_not_confirmed_by_the_owner_of_the_address(app: Flask, cast: Cast) -> None:
    join(cast.client(), name="Somebody Else", password="the stranger knows this")
    path = link_in(mails(app)[-1])
    page = send(cast.client(), path, password="what the owner would type")
    assert "not the password" in page.get_data(as_text=True)
    assert cast.client().get("/people/somebody-else").status_code == 404
    # The owner joins with their own words: the stranger's password is worth nothing any more.
    join(cast.client())
    assert cast.client().get(path).status_code == 410
    newest = link_in(mails(app)[-1])
    assert "not the password" in send(cast.client(), newest, password="the stranger knows this").get_data(as_text=True)
    assert send(cast.client(), newest, password=ANN["password"]).location == "/"
    assert set(people(app)) == {"Ann Evans"}


def test_a_used_link_and_an_old_link_say_so(app: Flask, cast: Cast) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False) as clock:
        join(cast.client())
        path = link_in(mails(app)[-1])
        send(cast.client(), path, password=ANN["password"])
        assert cast.client().get(path).status_code == 410
        join(cast.client(), email="other@harrowdale.example")
        path = link_in(mails(app)[-1])
        clock.shift(timedelta(days=3, seconds=1))
        gone = cast.client().get(path)
    assert gone.status_code == 410
    assert 'href="/join"' in gone.get_data(as_text=True)


def test_a_shared_computer_is_remembered_until_the_address_is_confirmed(app: Flask, cast: Cast) -> None:
    client = cast.client()
    join(client, shared="y")
    path = link_in(mails(app)[-1])
    response = send(client, path, password=ANN["password"])
    assert "expires" not in response.headers["Set-Cookie"].lower()
    assert "You said this is a shared computer" in client.get("/settings").get_data(as_text=True)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": ""}, "Enter your full name"),
        ({"name": "   "}, "Enter your full name"),
        ({"name": "see https://evil.example"}, "Enter your full name with letters"),
        ({"name": "www.evil.example"}, "Enter your full name with letters"),
        ({"name": "<b>Ann</b>"}, "Enter your full name with letters"),
        ({"name": "1234"}, "Enter your full name with letters"),
        ({"name": "a" * 101}, "Full name must be 100 characters or fewer"),
        ({"email": ""}, "Enter your work email address"),
        ({"email": "ann"}, "Enter an email address in the correct format"),
        ({"email": "ann@harrowdale.example\nBcc: all@harrowdale.example"}, "Enter an email address in the correct"),
        ({"email": "ann@localhost"}, "Enter an email address in the correct format"),
        ({"email": "ann@[127.0.0.1]"}, "Enter an email address in the correct format"),
        ({"job_title": "x" * 101}, "What you do must be 100 characters or fewer"),
        ({"password": "short"}, "Password must be 12 characters or more"),
        ({"password": "Ann Evans 1"}, "Password must be 12 characters or more"),
        ({"password": "ann.evans.ann"}, "not made of your name"),
        ({"password": "password1234"}, "less common"),
        ({"policy": None}, "Accept the acceptable use policy to join"),
        ({"policy": "false"}, "Accept the acceptable use policy to join"),
        ({"policy": ""}, "Accept the acceptable use policy to join"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_stays(
    app: Flask, cast: Cast, change: dict[str, Any], message: str
) -> None:
    page = join(cast.client(), **change).get_data(as_text=True)
    assert page.count(message) >= 2
    assert "<title>Error: Create an account" in page
    if "job_title" not in change:
        assert 'value="Planning officer"' in page
    assert ANN["password"] not in page
    assert people(app) == {}


@pytest.mark.parametrize(
    ("email", "joins"),
    [
        ("a@org.example", True),
        ("a@it.org.example", True),
        ("a@ORG.EXAMPLE", True),
        ("a@evilorg.example", False),
        ("a@org.example.evil.example", False),
        ("a@example", False),
        ("a@org.example@evil.example", False),
        ("a@evil.example", False),
    ],
)
def test_only_listed_domains_may_join_where_a_network_says_so(tmp_path: Path, email: str, joins: bool) -> None:
    app = make_app(tmp_path / "closed", JOIN_DOMAINS="org.example, other.example", CONTACT_EMAIL="help@org.example")
    cast = Cast(app)
    page = join(cast.client(), email=email).get_data(as_text=True)
    assert (len(mails(app)) == 1) is joins
    if not joins and email.count("@") == 1 and "." in email:
        assert "is for people with an email address at org.example or other.example" in page
        assert "help@org.example" in page


@pytest.mark.parametrize(
    ("email", "recognised"),
    [
        ("a@harrowdale.example", "harrowdale"),
        ("a@planning.harrowdale.example", "harrowdale"),
        ("a@evilharrowdale.example", None),
        ("a@fire.harrowdale.example", "fire"),
        ("a@shared.example", None),
        ("a@example", None),
    ],
)
def test_the_organisation_comes_from_whole_labels_of_the_domain(
    app: Flask, cast: Cast, email: str, recognised: str | None
) -> None:
    ids = {
        cast.organisation("harrowdale"): "harrowdale",
        cast.organisation("fire", domain="fire.harrowdale.example"): "fire",
        cast.organisation("north", domain="shared.example"): "north",
        cast.organisation("south", domain="shared.example"): "south",
    }
    cast.person("Ann Evans", email=email)
    person = people(app)["Ann Evans"]
    assert ids.get(person.organisation_id) == recognised
    assert person.organisation_confirmed is (recognised is not None)


def test_two_of_a_name_get_two_handles(app: Flask, cast: Cast) -> None:
    cast.person("Ann Evans", email="one@harrowdale.example")
    join(cast.client())
    with app.app_context():
        assert sorted(db.session.scalars(select(Person.handle))) == ["ann-evans", "ann-evans-2"]


def test_joining_twice_at_once_makes_one_account(app: Flask, cast: Cast) -> None:
    join(cast.client())
    join(cast.client())
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Account)) == 1
    assert len(mails(app)) == 2


def test_eight_at_once_make_one_account(app: Flask, cast: Cast) -> None:
    clients = [cast.client() for _ in range(8)]
    forms = [{**filled(find_form(client.get("/join").get_data(as_text=True))), **ANN} for client in clients]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda client, form: client.post("/join", data=form), clients, forms))
    assert [answer.status_code for answer in answers] == [200] * 8
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Account)) == 1
        assert db.session.scalar(select(func.count()).select_from(Person)) == 1


def test_members_are_led_past_the_form(cast: Cast) -> None:
    assert cast.client(cast.person()).get("/join?next=/people").location == "/people"


def test_who_never_confirms_is_forgotten_after_two_weeks(app: Flask, cast: Cast) -> None:
    cast.person("Owen Pritchard")
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False) as clock:
        join(cast.client())
        clock.shift(timedelta(days=13))
        run_due(app)
        assert set(people(app)) == {"Ann Evans", "Owen Pritchard"}
        clock.shift(timedelta(days=2))
        run_due(app)
    assert set(people(app)) == {"Owen Pritchard"}
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Account)) == 1
