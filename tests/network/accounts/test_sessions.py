"""Sessions end when they should: left idle on a shared computer, after a new password, from elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from network.accounts.models import Account, EndedSession
from network.accounts.sessions import STAMP
from network.core.db import db
from network.core.transaction import transaction
from network.core.worker import run_due
from tests.support.cast import PASSWORD, Cast
from tests.support.sending import filled, find_form, send, send_at_once

EMAIL = "priya.raman@harrowdale.example"
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def signed_in(cast: Cast, *, shared: bool = False) -> Any:
    cast.person()
    client = cast.client()
    response = send(client, "/sign-in", email=EMAIL, password=PASSWORD, shared="y" if shared else None)
    assert response.status_code == 303
    client.cookie = response.headers["Set-Cookie"]
    return client


def test_a_shared_computer_keeps_nothing(cast: Cast) -> None:
    client = signed_in(cast, shared=True)
    assert "expires" not in client.cookie.lower()
    page = client.get("/people")
    assert page.headers["Cache-Control"] == "no-store"
    assert "You said this is a shared computer" in page.get_data(as_text=True)


def test_an_own_computer_stays_signed_in(cast: Cast) -> None:
    client = signed_in(cast)
    assert "expires" in client.cookie.lower()
    page = client.get("/people")
    assert page.headers["Cache-Control"] == "private, no-cache"
    assert "shared computer" not in page.get_data(as_text=True)


@pytest.mark.parametrize(("seconds", "status"), [(599, 200), (601, 303)])
def test_ten_idle_minutes_end_a_shared_session(cast: Cast, seconds: int, status: int) -> None:
    with time_machine.travel(START, tick=False) as clock:
        client = signed_in(cast, shared=True)
        clock.shift(seconds)
        response = client.get("/settings")
        assert response.status_code == status
        if status == 303:
            page = client.get(response.location).get_data(as_text=True)
            assert "You were signed out after 10 minutes" in page


def test_activity_keeps_a_shared_session(cast: Cast) -> None:
    with time_machine.travel(START, tick=False) as clock:
        client = signed_in(cast, shared=True)
        for _ in range(4):
            clock.shift(timedelta(minutes=9))
            assert client.get("/settings").status_code == 200


def test_the_cookie_is_renewed_at_most_once_a_minute(cast: Cast) -> None:
    with time_machine.travel(START, tick=False) as clock:
        client = signed_in(cast, shared=True)
        client.get("/people")
        written = []
        for _ in range(12):
            clock.shift(20)
            written.append("Set-Cookie" in client.get("/people").headers)
    assert written.count(True) == 3


def test_ten_idle_minutes_mean_nothing_on_an_own_computer(cast: Cast) -> None:
    with time_machine.travel(START, tick=False) as clock:
        client = signed_in(cast)
        clock.shift(timedelta(hours=20))
        assert client.get("/settings").status_code == 200


def test_signing_out_of_a_shared_computer_clears_the_browser(cast: Cast) -> None:
    client = signed_in(cast, shared=True)
    response = send(client, "/settings", action="/sign-out")
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    page = client.get("/sign-in").get_data(as_text=True)
    assert "What this site kept in this browser has been cleared" in page


def test_signing_out_after_the_session_ran_out_also_clears(cast: Cast) -> None:
    with time_machine.travel(START, tick=False) as clock:
        client = signed_in(cast, shared=True)
        page = client.get("/settings").get_data(as_text=True)
        clock.shift(700)
        fields = filled(find_form(page, action="/sign-out"))
        response = client.post("/sign-out", data=fields)
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_a_new_password_ends_all_other_sessions(cast: Cast) -> None:
    here, there = signed_in(cast), signed_in(cast, shared=True)
    new = "seven quiet harbours"
    response = send(here, "/settings/password", current=PASSWORD, password=new)
    assert (response.status_code, response.location) == (303, "/settings")
    assert here.get("/settings").status_code == 200
    assert there.get("/settings").status_code == 303
    assert send(cast.client(), "/sign-in", email=EMAIL, password=PASSWORD).status_code == 200
    assert send(cast.client(), "/sign-in", email=EMAIL, password=new).status_code == 303


def test_changing_the_password_asks_for_the_present_one(cast: Cast) -> None:
    client = signed_in(cast)
    response = send(client, "/settings/password", current="not mine at all", password="seven quiet harbours")
    assert "The current password is not right" in response.get_data(as_text=True)
    assert send(cast.client(), "/sign-in", email=EMAIL, password=PASSWORD).status_code == 303


def test_a_shared_session_stays_one_after_changing_the_password(cast: Cast) -> None:
    client = signed_in(cast, shared=True)
    send(client, "/settings/password", current=PASSWORD, password="seven quiet harbours")
    assert "shared computer" in client.get("/settings").get_data(as_text=True)


def test_signing_out_everywhere_else(cast: Cast) -> None:
    here, there = signed_in(cast), signed_in(cast)
    assert send(here, "/settings", action="/settings/sessions").status_code == 303
    assert here.get("/settings").status_code == 200
    assert there.get("/settings").status_code == 303


def copy_of(client: Any, cast: Cast) -> Any:
    """Another browser with the same cookie: somebody read it off this one."""
    thief = cast.client()
    thief.set_cookie("session", client.get_cookie("session").value)
    return thief


@pytest.mark.parametrize("shared", [True, False])
def test_signing_out_ends_every_copy_of_the_cookie_and_no_other_session(cast: Cast, shared: bool) -> None:
    here, there = signed_in(cast, shared=shared), signed_in(cast)
    thief, late = copy_of(here, cast), copy_of(here, cast)
    assert thief.get("/settings").status_code == 200
    send(here, "/settings", action="/sign-out")
    assert thief.get("/settings").status_code == 303
    assert there.get("/settings").status_code == 200
    # The cookie is not signed anew with what opened the session, so that it cannot outlive the record of its end.
    send(late, "/sign-in", email="nobody@harrowdale.example", password="quite another one")
    with late.session_transaction() as session:
        assert STAMP not in session
    again = signed_in(cast)
    assert again.get("/settings").status_code == 200


def test_signing_out_twice_with_one_cookie_does_no_harm(cast: Cast) -> None:
    here = signed_in(cast)
    copy = copy_of(here, cast)
    fields = filled(find_form(copy.get("/settings").get_data(as_text=True), action="/sign-out"))
    send(here, "/settings", action="/sign-out")
    assert copy.post("/sign-out", data=fields).status_code == 303


def test_copies_of_one_cookie_that_sign_out_at_once_meet_no_error(app: Flask, cast: Cast) -> None:
    here = signed_in(cast)
    fields = filled(find_form(here.get("/settings").get_data(as_text=True), action="/sign-out"))
    copies = [copy_of(here, cast) for _ in range(8)]
    assert send_at_once(copies, "/sign-out", [fields] * 8) == [303] * 8
    with app.app_context():
        assert len(db.session.scalars(select(EndedSession)).all()) == 1


@pytest.mark.parametrize("then", ["/sign-out", "/sign-in", "/idle"])
@pytest.mark.parametrize("noticed", [True, False])
def test_a_copy_of_a_cookie_that_ran_out_is_ended_by_the_next_form_that_is_sent(
    app: Flask, cast: Cast, then: str, noticed: bool
) -> None:
    with time_machine.travel(START, tick=False) as clock:
        here = signed_in(cast, shared=True)
        busy = copy_of(here, cast)
        fields = filled(find_form(here.get("/settings").get_data(as_text=True), action="/sign-out"))
        clock.shift(400)
        assert busy.get("/settings").status_code == 200
        clock.shift(400)
        if noticed:
            here.get("/people")
            with app.app_context():
                assert db.session.scalars(select(EndedSession)).all() == [], "looking writes nothing"
        assert busy.get("/settings").status_code == 200
        here.post(then, data={**fields, "email": "nobody@harrowdale.example", "password": "not the right one"})
        assert busy.get("/settings").status_code == 303


def test_ended_sessions_are_forgotten_when_their_cookies_have_run_out(app: Flask, cast: Cast) -> None:
    with time_machine.travel(START, tick=False) as clock:
        here = signed_in(cast)
        copy = copy_of(here, cast)
        send(here, "/settings", action="/sign-out")
        clock.shift(timedelta(days=29))
        run_due(app)
        assert copy.get("/settings").status_code == 303
        clock.shift(timedelta(days=3))
        run_due(app)
        with app.app_context():
            assert db.session.scalars(select(EndedSession)).all() == []
        assert copy.get("/settings").status_code == 303


@pytest.mark.parametrize("change", [{"active": False}, {"confirmed_at": None}])
def test_a_closed_account_is_out_at_its_next_request(app: Flask, cast: Cast, change: dict[str, Any]) -> None:
    client = signed_in(cast)
    with app.app_context(), transaction():
        db.session.execute(update(Account).values(**change))
    assert client.get("/settings").status_code == 303
