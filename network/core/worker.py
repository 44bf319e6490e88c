"""Flow 2, what follows: one loop that hands outbox rows to their consumers and runs what is due.

It lives in a thread of the web process by default, or alone as `flask worker`. Several may run: rows are leased.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import structlog
from flask import Flask

from network.core import outbox
from network.core.db import db
from network.core.events import Consumer, bus
from network.core.schedule import due

PAUSE = 0.5
LOOK_AT_SCHEDULE = 30.0

log = structlog.get_logger()


def drain(app: Flask) -> int:
    """Handle everything that is ready now; returns how many rows were handled. Errors put rows back, never raise."""
    with app.app_context():
        # Most looks find nothing, and need not ask for each consumer.
        ready = outbox.ready()
        return sum(_drain_one(consumer) for consumer in bus().consumers.values()) if ready else 0


def run_due(app: Flask) -> int:
    """Run the scheduled jobs whose time has come; returns how many ran."""
    with app.app_context():
        jobs = due()
        for job in jobs:
            _guarded(job.name, job.run)
            db.session.rollback()
        return len(jobs)


def run(app: Flask, stop: threading.Event) -> None:
    """Work until `stop` is set. A database that is down is waited for."""
    wake: threading.Event = app.extensions.setdefault("worker_wake", threading.Event())
    state = app.extensions.setdefault("worker_state", {})
    looked = 0.0
    while not stop.is_set():
        _guarded("outbox", lambda: drain(app))
        if time.monotonic() - looked > LOOK_AT_SCHEDULE:
            _guarded("schedule", lambda: run_due(app))
            looked = time.monotonic()
        state["seen"] = time.monotonic()
        wake.wait(PAUSE)
        wake.clear()


def start_inside(app: Flask) -> threading.Thread:
    """Start the worker as a thread of this process."""
    app.extensions["worker_wake"] = threading.Event()
    thread = threading.Thread(target=run, args=(app, threading.Event()), name="worker", daemon=True)
    thread.start()
    return thread


def _drain_one(consumer: Consumer) -> int:
    handled = 0
    while consumer.name in outbox.ready():
        messages = outbox.claim(consumer.name, consumer.batch)
        if not messages:
            break
        try:
            consumer.handle(messages)
        except Exception as error:  # A consumer's failure must not stop the others; it is logged and retried.
            db.session.rollback()
            log.error("consumer failed", consumer=consumer.name, error=repr(error), exc_info=True)
            outbox.put_back(messages, repr(error))
            break
        outbox.finish(messages)
        handled += len(messages)
    return handled


def _guarded(name: str, call: Callable[[], object]) -> None:
    try:
        call()
    except Exception:  # The loop outlives a database that is down; the log tells and the health page shows it.
        log.error("worker failed", part=name, exc_info=True)
