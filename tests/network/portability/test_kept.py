"""The archive of the open library: made by one worker at a time."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from network.core.clock import now
from network.core.transaction import transaction
from network.core.worker import drain, run_due
from network.library.actions import ending
from network.portability import kept
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast

PATIENCE = 20.0


class Slow:
    """Writes archives, each only once it may; knows how many were begun, and tells of each."""

    def __init__(self) -> None:
        self.begun, self.may_end, self._write = threading.Semaphore(0), threading.Semaphore(0), kept.write_archive

    def __call__(self, *given: Any) -> None:
        self.begun.release()
        assert self.may_end.acquire(timeout=PATIENCE)
        self._write(*given)


@pytest.fixture
def slow(app: Flask, cast: Cast, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> Slow:
    """A network whose open library, of one guide, was written out, and is written slowly from now on."""
    shelf.guide(cast.person("Owen Pritchard"), "Damp")
    with app.app_context():
        kept.keep_fresh()
    slow = Slow()
    monkeypatch.setattr(kept, "write_archive", slow)
    return slow


def begun(app: Flask, make: Callable[[], None]) -> threading.Thread:
    """Another worker, which makes the archive."""

    def work() -> None:
        with app.app_context():
            make()

    worker = threading.Thread(target=work)
    worker.start()
    return worker


def test_two_workers_make_one_after_the_other(app: Flask, slow: Slow) -> None:
    workers = [begun(app, lambda: kept.make_anew([])) for _ in range(2)]
    assert slow.begun.acquire(timeout=PATIENCE)
    assert not slow.begun.acquire(timeout=0.3)
    with app.app_context():
        assert kept.kept_archive() is None
    slow.may_end.release()
    assert slow.begun.acquire(timeout=PATIENCE)
    with app.app_context():  # The first is done, and may name somebody who left after it was begun.
        assert kept.kept_archive() is None
    slow.may_end.release()
    for worker in workers:
        worker.join(PATIENCE)
    with app.app_context():
        found = kept.kept_archive()
        assert found is not None
        assert kept._files_in(found.path) == []


def test_who_waited_for_a_fresh_one_makes_no_other(app: Flask, slow: Slow) -> None:
    first = begun(app, lambda: kept.make_anew([]))
    assert slow.begun.acquire(timeout=PATIENCE)
    second = begun(app, kept.keep_fresh)
    assert not slow.begun.acquire(timeout=0.3)
    slow.may_end.release()
    for worker in (first, second):
        worker.join(PATIENCE)
    assert not slow.begun.acquire(blocking=False)


def held(app: Flask) -> int:
    """How many guides the archive holds that is handed out, after the worker looked at it."""
    with app.app_context():
        kept.keep_fresh()
        found = kept.kept_archive()
        assert found is not None
        return found.guides


def test_new_guides_are_in_it_after_an_hour_and_nothing_is_written_without_need(
    app: Flask, cast: Cast, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    owen, written = cast.person("Owen Pritchard"), []
    write = kept.write_archive
    monkeypatch.setattr(kept, "write_archive", lambda *given: written.append(write(*given)))
    shelf.guide(owen, "Damp")
    assert held(app) == 1
    shelf.guide(owen, "Mould")
    with time_machine.travel(now() + timedelta(minutes=50), tick=True):
        assert (held(app), len(written)) == (1, 1)
    with time_machine.travel(now() + timedelta(minutes=70), tick=True):
        assert (held(app), len(written)) == (2, 2)
    with time_machine.travel(now() + timedelta(minutes=140), tick=True):
        assert (held(app), len(written)) == (2, 2)
    with time_machine.travel(now() + timedelta(hours=26), tick=True):
        assert (held(app), len(written)) == (2, 3)


def test_pages_say_at_what_time_it_was_written(app: Flask, cast: Cast, shelf: Shelf) -> None:
    shelf.guide(cast.person("Owen Pritchard"), "Damp")
    with time_machine.travel(datetime(2026, 11, 26, 14, 5, tzinfo=UTC), tick=False):
        assert held(app) == 1
        for address in ("/library/export", "/leaving"):
            assert "26 November 2026 at 2:05pm" in cast.client().get(address).text, address


def test_after_a_withdrawal_there_is_one_without_it_at_once(app: Flask, cast: Cast, shelf: Shelf, client: Any) -> None:
    owen = cast.person("Owen Pritchard")
    shelf.guide(owen, "Mould")
    damp = shelf.guide(owen, "Damp")
    run_due(app)
    viewer = cast.viewer(owen)
    with app.app_context():
        assert kept.kept_archive() is not None
        with transaction():
            ending.withdraw(viewer=viewer, guide_id=damp.id, reason="Old", successor_id=None)
    drain(app)
    answer = client.get("/library/export/library.zip")
    assert answer.status_code == 200
    names = zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
    assert "guides/mould/guide.md" in names
    assert not [name for name in names if name.startswith("guides/damp/")]
