"""Reminders: 30 days before, on the day, then once a week; one mail for all; never twice, whatever the clock does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete, update

from network.accounts.models import Account
from network.core.db import db
from network.core.schedule import schedule
from network.core.transaction import transaction
from network.groups.models import Membership
from network.library.checking.models import CheckReminder
from network.library.checking.reminders import Reminded, needs_mail
from network.library.models import Guide
from network.library.rules import Owner
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast
from tests.support.mails import link_in, mails
from tests.support.queries import count_queries
from tests.support.sending import send

DUE = date(2027, 3, 10)
WRITTEN = datetime(2026, 6, 1, tzinfo=UTC)
DAY = timedelta(days=1)

On = Callable[[date], list[str]]


@pytest.fixture
def on(app: Flask) -> On:
    """Run the job at noon of a day; what was written to whom since the last time."""
    seen = 0

    def run(day: date, hour: int = 12) -> list[str]:
        nonlocal seen
        with time_machine.travel(datetime(day.year, day.month, day.day, hour, tzinfo=UTC), tick=True):
            with app.app_context():
                schedule(app).jobs["library.check-reminders"].run()
            found = mails(app)
            new, seen = found[seen:], len(found)
            return [f"{mail.to.partition('@')[0]}: {mail.subject}" for mail in new]

    return run


def test_thirty_days_before_on_the_day_and_then_weekly(on: On, cast: Cast, shelf: Shelf) -> None:
    shelf.guide(cast.person(), "Bins", check_due=DUE, at=WRITTEN)
    told = {}
    day = DUE - 40 * DAY
    while day < DUE + 25 * DAY:
        if mail := on(day) + on(day):
            told[(day - DUE).days] = mail
        day += DAY
    assert list(told) == [-30, 0, 7, 14, 21]
    assert {subject for written in told.values() for subject in written} == {"priya.raman: Is “Bins” still right?"}


def test_all_guides_of_one_person_stand_in_one_mail(app: Flask, on: On, cast: Cast, shelf: Shelf) -> None:
    priya, owen = cast.person(), cast.person("Owen Pritchard")
    group = cast.group("waste", facilitators=(priya, owen))
    for title, late in (("One", 0), ("Two", 3), ("Three", 300)):
        shelf.guide(priya, title, check_due=DUE + late * DAY, at=WRITTEN)
    shelf.guide(priya, "Four", check_due=DUE - DAY, at=WRITTEN, group_id=group, owner=Owner("group", group))
    shelf.guide(priya, "Replaced", check_due=DUE, at=WRITTEN)
    with app.app_context(), transaction():
        db.session.execute(update(Guide).where(Guide.title == "Replaced").values(superseded_by_id=1))
    assert sorted(on(DUE)) == ["owen.pritchard: Is “Four” still right?", "priya.raman: 3 guides need a check"]
    body = "".join(piece for piece, _ in next(mail for mail in mails(app) if "3 guides" in mail.subject).parts)
    assert body.index("Four") < body.index("One") < body.index("Two")
    assert "Three" not in body
    assert "Replaced" not in body
    assert on(DUE + DAY) == []
    assert on(DUE + 3 * DAY) == ["priya.raman: 3 guides need a check"]


def test_an_hour_with_nothing_to_tell_costs_the_same_for_many_guides(
    app: Flask, on: On, cast: Cast, shelf: Shelf
) -> None:
    harrowdale = cast.organisation("harrowdale")
    priya, owen = cast.person(), cast.person("Owen Pritchard")
    group = cast.group("waste", facilitators=(priya, owen))
    of = (Owner("person", priya), Owner("group", group), Owner("organisation", harrowdale))
    late = {"check_due": DUE - DAY, "at": WRITTEN}

    def cost() -> int:
        assert on(DUE)
        with count_queries(app) as queries:
            assert on(DUE) == []
        assert queries.locked == []
        return len(queries)

    for number in range(3):
        shelf.guide(priya, f"Guide {number}", owner=of[number], group_id=group, **late)
    few = cost()
    for number in range(3, 30):
        shelf.guide(priya, f"Guide {number}", owner=of[number % 3], group_id=group, **late)
    with app.app_context(), transaction():
        db.session.execute(delete(CheckReminder))
    assert cost() == few


def test_not_before_the_morning_and_not_to_those_who_are_gone(app: Flask, on: On, cast: Cast, shelf: Shelf) -> None:
    priya, owen, _ = cast.person(), cast.person("Owen Pritchard"), cast.person("Ann Evans", role="administrator")
    shelf.guide(priya, "Bins", check_due=DUE, at=WRITTEN, co_author_ids=[owen])
    assert on(DUE, hour=5) == []
    with app.app_context(), transaction():
        db.session.execute(update(Account).where(Account.email.startswith("priya")).values(active=False))
    assert on(DUE) == ["owen.pritchard: Is “Bins” still right?"]
    with app.app_context(), transaction():
        db.session.execute(update(Account).where(Account.email.startswith("owen")).values(active=False))
    assert on(DUE + 7 * DAY) == ["ann.evans: Is “Bins” still right?"]
    assert "Nobody is left who answers for it" in "".join(piece for piece, _ in mails(app)[-1].parts)


def test_a_clock_that_jumps_writes_nothing_twice_and_silences_nobody_for_long(on: On, cast: Cast, shelf: Shelf) -> None:
    shelf.guide(cast.person(), "Bins", check_due=DUE, at=WRITTEN)
    assert len(on(DUE)) == 1
    assert on(DUE - 20 * DAY) == []
    assert on(DUE) == []
    assert len(on(DUE + 400 * DAY)) == 1
    assert len(on(DUE + DAY)) == 1
    assert on(DUE + 2 * DAY) == []
    assert len(on(DUE + 8 * DAY)) == 1


def test_a_closed_group_that_somebody_left_is_not_named_to_them(app: Flask, on: On, cast: Cast, shelf: Shelf) -> None:
    priya, fay, _ = cast.person(), cast.person("Fay Field"), cast.person("Ann Evans", role="administrator")
    closed = cast.group("closed", closed=True, facilitators=(fay,), members=(priya,))
    shelf.guide(priya, "Secret", group_id=closed, check_due=DUE, at=WRITTEN)
    with app.app_context(), transaction():
        db.session.execute(delete(Membership).where(Membership.person_id == priya))
    assert on(DUE) == ["fay.field: Is “Secret” still right?"]
    with app.app_context(), transaction():
        db.session.execute(delete(Membership).where(Membership.person_id == fay))
    assert on(DUE + 7 * DAY) == []


def test_the_link_in_the_mail_stops_it_and_opening_it_does_not(
    app: Flask, on: On, cast: Cast, shelf: Shelf, client: Any
) -> None:
    priya = cast.person()
    guide = shelf.guide(priya, "Bins", check_due=DUE, at=WRITTEN)
    on(DUE)
    mail = mails(app)[-1]
    links = [piece for piece, is_link in mail.parts if is_link]
    stop = urlsplit(next(link for link in links if "/stop/" in link)).path
    assert "Bins" in client.get(stop).get_data(as_text=True)
    assert len(on(DUE + 7 * DAY)) == 1
    assert client.post(stop).status_code == 303
    assert "Bins" not in client.get(stop).get_data(as_text=True)
    assert on(DUE + 14 * DAY) == []
    assert client.get("/checks/stop/forged").status_code == 404
    writer = cast.client(priya)
    assert "You have stopped mails about this guide" in writer.get("/checks").get_data(as_text=True)
    send(writer, "/checks", action=f"/checks/{guide.id}/mails")
    assert len(on(DUE + 21 * DAY)) == 1
    assert client.post(stop, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert on(DUE + 28 * DAY) == []
    assert link_in(mail) == "/library/bins/check"


@pytest.mark.parametrize(
    ("told", "last", "wanted"),
    [
        (None, None, True),
        (None, 0, False),  # A mail went out today.
        (None, 3, True),  # The day itself waits for nothing.
        ((0, 3), 3, True),  # Told before the day, and now it is the day.
        ((-1, 0), 8, True),  # Told of another day: a check came in between.
        ((0, 40), 2, True),
    ],
)
def test_when_a_mail_is_needed_on_the_day(told: tuple[int, int] | None, last: int | None, wanted: bool) -> None:
    known = Reminded(DUE + told[0] * DAY, DUE - told[1] * DAY) if told else None
    newest = None if last is None else DUE - last * DAY
    assert needs_mail([(DUE, known)], newest, DUE) is wanted


def test_what_is_only_soon_waits_for_a_week_without_mail() -> None:
    due = DUE + 30 * DAY
    assert needs_mail([(due, None)], DUE - 7 * DAY, DUE)
    assert not needs_mail([(due, None)], DUE - 6 * DAY, DUE)
    assert not needs_mail([(due, Reminded(due, DUE - 8 * DAY))], DUE - 8 * DAY, DUE)
