"""Flow 2, what follows: one loop that hands outbox rows to their consumers and runs what is due.

It lives in the web process by default, or alone as `flask worker`. Several may run: rows are leased. What people wait
for, such as the mail with a new password, has a thread of its own: a job or a batch for the index may take minutes.
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
from network.core.schedule import Job, due, settle, take

PAUSE = 0.5
LOOK_AT_SCHEDULE = 30.0

log = structlog.get_logger()


def drain(app: Flask, *, prompt: bool | None = None) -> int:
    """Handle everything that is ready now; returns how many rows were handled. Errors put rows back, never raise.

    Consumers take turns, a batch each, so that none waits until another has nothing left. `prompt` asks only for
    those that people wait for, or only for the others.
    """
    handled = 0
    with app.app_context():
        turns = {c.name: c for c in bus().consumers.values() if prompt is None or c.prompt is prompt}
        # Most looks find nothing, and need not ask for each consumer.
        while ready := outbox.ready() & turns.keys():
            for name in [name for name in turns if name in ready]:
                count = _batch(turns[name])
                handled += count
                if not count:  # It failed, or others were quicker: it is asked again the next time.
                    del turns[name]
    return handled


def run_due(app: Flask) -> int:
    """Run the scheduled jobs whose time has come; returns how many ran."""
    with app.app_context():
        return sum(_run(job) for job in due())


def run(app: Flask, stop: threading.Event) -> None:
    """Work until `stop` is set. A database that is down is waited for."""
    app.extensions.setdefault("worker_wake", threading.Event())
    aside = threading.Thread(target=_loop, args=(app, stop, lambda: drain(app, prompt=True)), name="worker-prompt")
    aside.daemon = True
    aside.start()
    looked = 0.0

    def rest() -> None:
        nonlocal looked
        drain(app, prompt=False)
        if time.monotonic() - looked > LOOK_AT_SCHEDULE:
            looked = time.monotonic()
            run_due(app)

    _loop(app, stop, rest)
    aside.join()


def start_inside(app: Flask) -> threading.Thread:
    """Start the worker as a thread of this process."""
    app.extensions["worker_wake"] = threading.Event()
    thread = threading.Thread(target=run, args=(app, threading.Event()), name="worker", daemon=True)
    thread.start()
    return thread


def _batch(consumer: Consumer) -> int:
    messages = outbox.claim(consumer.name, consumer.batch)
    if not messages:
        return 0
    try:
        consumer.handle(messages)
    except Exception as error:  # A consumer's failure must not stop the others; it is logged and retried.
        db.session.rollback()
        log.error("consumer failed", consumer=consumer.name, error=repr(error), exc_info=True)
        outbox.put_back(messages, repr(error))
        return 0
    outbox.finish(messages)
    return len(messages)


def _run(job: Job) -> bool:
    taken = take(job)
    if taken is None:
        return False
    done = _guarded(job.name, job.run)
    db.session.rollback()
    settle(job, taken, done=done)
    return True


def _loop(app: Flask, stop: threading.Event, work: Callable[[], object]) -> None:
    wake: threading.Event = app.extensions["worker_wake"]
    while not stop.is_set():
        _guarded("worker", work)
        wake.wait(PAUSE)
        wake.clear()


def _guarded(name: str, call: Callable[[], object]) -> bool:
    try:
        call()
    except Exception:  # The loop outlives a database that is down; the log tells and the health page shows it.
        log.error("worker failed", part=name, exc_info=True)
        return False
    return True
