"""The queue: what kills a worker is given up, alone, and a claim that ran out touches nothing of the next one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete, select

from network.core import outbox
from network.core.db import db
from network.core.outbox import ATTEMPTS, LEASE, LONGEST_WAIT, Message, OutboxRow
from network.core.transaction import transaction

LATER = LONGEST_WAIT + LEASE + timedelta(seconds=1)


@pytest.fixture
def clock(app: Flask) -> time_machine.Coordinates:
    """An empty queue, and a clock that the test moves."""
    with app.app_context(), transaction():
        db.session.execute(delete(OutboxRow))
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False) as travelling:
        yield travelling


def put(*events: str) -> None:
    with transaction():
        for event in events:
            outbox.add("somebody", event, {})


def claim(limit: int = 10) -> list[Message]:
    return outbox.claim("somebody", limit)


def rows() -> dict[str, OutboxRow]:
    found = {row.event: row for row in db.session.scalars(select(OutboxRow))}
    db.session.rollback()
    return found


def test_what_kills_its_worker_each_time_is_given_up_and_says_so(app: Flask, clock: time_machine.Coordinates) -> None:
    with app.app_context():
        put("deadly")
        tried = 0
        while claim():  # Nothing is finished or put back: the process is gone.
            tried += 1
            clock.shift(LATER)
        assert tried == ATTEMPTS
        row = rows()["deadly"]
        assert row.failed_at is not None
        assert "worker stopped each time" in (row.error or "")
        assert outbox.ready() == set()


def test_it_takes_none_of_its_neighbours_along(app: Flask, clock: time_machine.Coordinates) -> None:
    with app.app_context():
        put("before", "deadly", "behind")
        for _ in range(3 * ATTEMPTS):
            messages = claim()
            if "deadly" not in {message.event for message in messages}:
                outbox.finish(messages)
            clock.shift(LATER)
        assert set(rows()) == {"deadly"}
        assert rows()["deadly"].failed_at is not None


def test_new_rows_do_not_wait_for_one_that_is_tried_alone(app: Flask, clock: time_machine.Coordinates) -> None:
    with app.app_context():
        put("deadly")
        for _ in range(5):
            claim()
            clock.shift(LATER)
        put("new")
        assert [message.event for message in claim()] == ["new"]
        assert [message.event for message in claim()] == ["deadly"]


def test_who_comes_late_leaves_alone_what_another_has_claimed(app: Flask, clock: time_machine.Coordinates) -> None:
    with app.app_context():
        put("slow")
        late = claim()
        clock.shift(LATER)
        theirs = claim()
        outbox.finish(late)
        assert set(rows()) == {"slow"}
        outbox.put_back(late, "the late one failed")
        assert (rows()["slow"].leased_until, rows()["slow"].error) == (clock_now() + LEASE, None)
        outbox.finish(theirs)
        assert rows() == {}


def test_who_comes_late_ends_what_nobody_else_has_claimed(app: Flask, clock: time_machine.Coordinates) -> None:
    with app.app_context():
        put("slow")
        late = claim()
        clock.shift(LATER)
        outbox.finish(late)
        assert rows() == {}


def clock_now() -> datetime:
    return datetime.now(UTC)
