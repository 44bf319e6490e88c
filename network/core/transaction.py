"""Flow 1, a write: the only place in the program that commits.

A view first does everything slow (hashing, rendering, scanning). Then the block below takes the inter-process lock,
begins a writing transaction, re-reads what it decides on, changes rows, audit and outbox together, and commits.
A write outside such a block raises at once, so that a forgotten one is found by the first test that meets it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from sqlalchemy import event
from sqlalchemy.orm import Session

from network.core.db import db
from network.core.lock import write_lock

_WRITING = "writing"
_ASKED = "before_writing"


class WriteOutsideTransaction(RuntimeError):
    """Code tried to change rows without `with transaction():`."""


@contextmanager
def transaction() -> Iterator[Session]:
    """Change the database: everything inside is kept together, or not at all.

    Objects read before the block are expired by it, so that decisions are made on what is stored now.
    Blocks do not nest. What was given to `before_writing` is asked first, and may refuse by raising. After the commit
    whoever asked by `after_commit` is called.
    """
    session: Session = db.session()
    if session.info.get(_WRITING):
        raise RuntimeError("a transaction is already open; blocks do not nest")
    session.rollback()
    session.info["after_commit"] = []
    try:
        with write_lock(_lock_path(session)):
            session.info[_WRITING] = True
            session.connection(execution_options={"writing": True})
            for ask in current_app.extensions.get(_ASKED, ()):
                ask()
            yield session
            session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info[_WRITING] = False
    for call in session.info.pop("after_commit"):
        call()


def before_writing(app: Flask, ask: Callable[[], None]) -> None:
    """Have `ask` look, as each write begins, whether it may: what was read before may have changed since."""
    app.extensions.setdefault(_ASKED, []).append(ask)


def after_commit(call: Callable[[], None]) -> None:
    """Have `call` run once the open transaction has been kept. For wake-ups only: nothing that must not be lost."""
    calls: list[Callable[[], None]] = db.session().info["after_commit"]
    calls.append(call)


def writing() -> bool:
    """True inside a `transaction()` block."""
    return bool(db.session().info.get(_WRITING))


def _lock_path(session: Session) -> Path | None:
    if session.get_bind().dialect.name != "sqlite":
        return None
    return Path(current_app.config["DATA_DIR"]) / "write.lock"


@event.listens_for(db.session, "before_flush")
def _refuse_stray_writes(session: Session, _context: Any, _instances: Any) -> None:
    if not session.info.get(_WRITING):
        raise WriteOutsideTransaction("rows were changed outside `with transaction():`")
