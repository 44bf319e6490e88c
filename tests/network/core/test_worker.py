"""The worker: nobody waits behind a long run of another, and a job that failed comes round again soon."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete, select

from network.core import outbox
from network.core.db import db
from network.core.events import Bus, Consumer, subscribe
from network.core.outbox import Message, OutboxRow
from network.core.schedule import Job, Schedule, ScheduledJob, every, take
from network.core.transaction import transaction
from network.core.worker import drain, run, run_due
from tests.support.app import make_app

BEGIN = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def bare(app: Flask) -> Flask:
    """An application with an empty queue, and with no consumers and jobs but those of the test."""
    with app.app_context(), transaction():
        db.session.execute(delete(OutboxRow))
        db.session.execute(delete(ScheduledJob))
    app.extensions["events"], app.extensions["schedule"] = Bus(), Schedule()
    return app


def put(app: Flask, *consumers: str) -> None:
    with app.app_context(), transaction():
        for consumer in consumers:
            outbox.add(consumer, "something", {})


def test_consumers_take_turns(bare: Flask) -> None:
    turns: list[str] = []
    for name in ("index", "mail"):
        subscribe(bare, Consumer(name, lambda found, name=name: turns.extend([name] * len(found)), batch=2))  # type: ignore[misc]
    put(bare, *["index"] * 5, "mail")
    assert drain(bare) == 6
    assert turns == ["index", "index", "mail", "index", "index", "index"]


def test_one_that_fails_does_not_stop_the_others_and_is_not_asked_at_once_again(bare: Flask) -> None:
    asked: list[str] = []

    def fail(found: Sequence[Message]) -> None:
        asked.append("broken")
        raise ValueError("broken")

    subscribe(bare, Consumer("broken", fail))
    subscribe(bare, Consumer("whole", lambda found: asked.append("whole")))
    put(bare, "broken", "broken", "whole", "whole")
    assert drain(bare) == 2
    assert asked == ["broken", "whole", "whole"]


@pytest.fixture
def alone(tmp_path: Path) -> Flask:
    """An application of its own, whose worker may run."""
    app = make_app(tmp_path)
    app.extensions["events"], app.extensions["schedule"] = Bus(), Schedule()
    with app.app_context(), transaction():
        db.session.execute(delete(OutboxRow))
    return app


@pytest.mark.parametrize("busy", ["consumer", "job"])
def test_what_people_wait_for_does_not_wait_for_a_long_run(alone: Flask, busy: str) -> None:
    begun, mailed, stop = threading.Event(), threading.Event(), threading.Event()
    in_time: list[bool] = []

    def long_run(found: Sequence[Message] = ()) -> None:
        begun.set()
        in_time.append(mailed.wait(10))
        stop.set()

    subscribe(alone, Consumer("mail", lambda found: mailed.set(), prompt=True))
    if busy == "job":
        every(alone, timedelta(days=7), "renew", long_run)
    else:
        subscribe(alone, Consumer("index", long_run))
        put(alone, "index")
    thread = threading.Thread(target=run, args=(alone, stop))
    thread.start()
    assert begun.wait(10)
    put(alone, "mail")
    thread.join(20)
    assert in_time == [True]


def test_a_job_that_failed_comes_round_soon_but_not_at_once(bare: Flask) -> None:
    broken = [True]
    ran: list[datetime] = []

    def job() -> None:
        ran.append(datetime.now(UTC))
        if broken:
            raise OSError("no room")

    every(bare, timedelta(days=7), "renew", job)
    with time_machine.travel(BEGIN, tick=False) as clock:
        assert run_due(bare) == 1
        clock.shift(timedelta(minutes=1))
        assert run_due(bare) == 0
        clock.shift(timedelta(hours=1))
        broken.clear()
        assert run_due(bare) == 1
        clock.shift(timedelta(days=6, hours=23))
        assert run_due(bare) == 0, "it is done: the next round is in a week"
        clock.shift(timedelta(hours=1))
        assert run_due(bare) == 1
    assert len(ran) == 3


def test_a_job_that_comes_each_minute_does_so_when_it_fails(bare: Flask) -> None:
    def job() -> None:
        raise OSError("no room")

    every(bare, timedelta(minutes=1), "heal", job)
    with time_machine.travel(BEGIN, tick=False) as clock:
        assert [run_due(bare), run_due(bare)] == [1, 0]
        clock.shift(timedelta(minutes=1))
        assert run_due(bare) == 1


def test_a_job_whose_process_died_comes_round_within_the_day(bare: Flask) -> None:
    job = Job("renew", timedelta(days=7), lambda: None)
    with time_machine.travel(BEGIN, tick=False) as clock, bare.app_context():
        assert take(job)
        clock.shift(timedelta(hours=1))
        assert not take(job), "somebody may be at it still"
        clock.shift(timedelta(days=1))
        assert take(job)


def test_of_workers_that_begin_together_one_takes_each_job(bare: Flask) -> None:
    jobs = [Job(f"job {number}", timedelta(hours=1), lambda: None) for number in range(20)]
    start = threading.Barrier(2)

    def worker(_: int) -> list[str]:
        with bare.app_context():
            found = []
            for job in jobs:
                start.wait(10)
                if take(job):
                    found.append(job.name)
            return found

    with ThreadPoolExecutor(2) as pool:
        taken = [name for names in pool.map(worker, range(2)) for name in names]
    assert sorted(taken) == sorted(job.name for job in jobs)
    with bare.app_context():
        assert len(db.session.scalars(select(ScheduledJob)).all()) == len(jobs)
