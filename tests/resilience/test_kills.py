"""What was acknowledged is kept: people write while processes are killed, and every post is there exactly once."""

from __future__ import annotations

import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psutil
import pytest
from flask import Flask, session
from flask_migrate import stamp
from flask_wtf.csrf import generate_csrf
from sqlalchemy import select, text

from network.core.db import db
from network.core.idempotency import new_key
from network.core.transaction import transaction
from network.core.worker import drain
from network.discovery.finding import find
from network.discussions.actions import address_of, start_discussion
from network.subjects.viewer import VISITOR
from network.threads.models import Post
from tests.support.app import SECRET, make_app
from tests.support.cast import Cast

ROOT = Path(__file__).resolve().parents[2]
CLIENTS = 8
SECONDS = 10
KILL_EVERY = 0.7


@dataclass
class Writer:
    """One person who posts replies and remembers which were acknowledged."""

    port: int
    address: str
    cookie: str
    token: str
    name: str
    acknowledged: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def write_until(self, end: float) -> None:
        number = 0
        while time.monotonic() < end:
            number += 1
            self._post(f"{self.name}word{number}", new_key())

    def _post(self, body: str, key: str) -> None:
        """Send, and send the same again as long as no answer comes, as a person presses the button again."""
        form = urlencode({"csrf_token": self.token, "idempotency_key": key, "body": body})
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        for _ in range(60):
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
                connection.request("POST", self.address + "/reply", form, headers)
                answer = connection.getresponse()
                page = answer.read().decode()
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)
                continue
            if answer.status == 303:
                self.acknowledged.append(body)
            else:
                self.problems.append(f"{answer.status}: {page[:200]}")
            return
        self.problems.append(f"no answer for {body}")


@pytest.mark.slow
def test_every_acknowledged_post_is_there_exactly_once(tmp_path: Path) -> None:
    app = make_app(tmp_path / "data")
    addresses = _discussions(app)
    with app.app_context():
        stamp()  # As if the tables had been migrated.
    with _network(tmp_path / "data") as (port, master):
        writers = [
            Writer(port, address, *_signed_in(app, person), f"clerk{number}")
            for number, (person, address) in enumerate(addresses)
        ]
        end = time.monotonic() + SECONDS
        threads = [threading.Thread(target=writer.write_until, args=(end,)) for writer in writers]
        for thread in threads:
            thread.start()
        kills = _kill_workers(master, end - 1)
        for thread in threads:
            thread.join()
    assert kills >= 5
    assert [problem for writer in writers for problem in writer.problems] == []
    _check_kept(app, writers)
    _check_found(tmp_path / "data", writers)


def _check_kept(app: Flask, writers: list[Writer]) -> None:
    with app.app_context():
        stored = Counter(db.session.scalars(select(Post.body).where(Post.number > 1)))
        assert db.session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    sent = [body for writer in writers for body in writer.acknowledged]
    assert len(sent) > 50
    assert [body for body in sent if stored[body] == 0] == [], "acknowledged but lost"
    assert [body for body, count in stored.items() if count > 1] == [], "stored twice"


def _check_found(folder: Path, writers: list[Writer]) -> None:
    """A new start finds the words; nothing has to be rebuilt by hand."""
    app = make_app(folder, seeded=False)
    drain(app)
    with app.app_context():
        for writer in writers:
            for body in random.Random(1).sample(writer.acknowledged, min(3, len(writer.acknowledged))):
                assert find(VISITOR, body).total == 1, body


def _discussions(app: Flask) -> list[tuple[int, str]]:
    cast = Cast(app)
    group = cast.group("writers")
    found = []
    for number in range(CLIENTS):
        person = cast.person(f"Clerk Number{number}")
        with app.app_context(), transaction():
            started = start_discussion(
                group_id=group,
                kind="discussion",
                title=f"Notes of clerk {number}",
                body="Begin",
                html="<p>Begin</p>",
                author_id=person,
                organisation_id=None,
            )
            found.append((person, address_of(started)))
    return found


def _signed_in(app: Flask, person: int) -> tuple[str, str]:
    """The person's cookie and a token that belongs to it."""
    stamp = Cast(app).stamp(person)
    with app.test_request_context():
        token = generate_csrf()
        kept: dict[str, Any] = {"_user_id": stamp, "_fresh": True, "csrf_token": session["csrf_token"]}
        value = app.session_interface.get_signing_serializer(app).dumps(kept)  # type: ignore[attr-defined]
    return f"session={value}", token


@contextmanager
def _network(folder: Path) -> Iterator[tuple[int, psutil.Process]]:
    """gunicorn with two processes, and the outbox worker as a third, as a busy network would run."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = {
        **os.environ,
        "ENVIRONMENT": "test",
        "DATA_DIR": str(folder),
        "SECRET_KEY": SECRET,
        "BASE_URL": f"http://127.0.0.1:{port}",
        "PORT": str(port),
        "WEB_CONCURRENCY": "2",
        "WORKER": "apart",
        "PYTHONWARNINGS": "ignore",
    }
    commands = (
        [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "app:app"],
        [sys.executable, "-m", "flask", "--app", "app", "worker"],
    )
    running = [subprocess.Popen(command, cwd=ROOT, env=environ) for command in commands]
    try:
        _wait(port)
        yield port, psutil.Process(running[0].pid)
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(30)


def _kill_workers(master: psutil.Process, end: float) -> int:
    kills = 0
    chance = random.Random(3)
    while time.monotonic() < end:
        time.sleep(KILL_EVERY)
        workers = master.children()
        if workers:
            os.kill(chance.choice(workers).pid, signal.SIGKILL)
            kills += 1
    return kills


def _wait(port: int) -> None:
    for _ in range(900):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the server did not start")
