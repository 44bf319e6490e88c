"""Only a transaction changes rows, and it keeps all of them or none."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text

from network.core import outbox
from network.core.db import db
from network.core.transaction import WriteOutsideTransaction, transaction
from network.organisations.models import Organisation
from tests.support.app import make_app


def names(app: Flask) -> set[str]:
    with app.app_context():
        return set(db.session.scalars(select(Organisation.name)))


def test_a_write_outside_a_transaction_is_refused(app: Flask) -> None:
    with app.app_context():
        db.session.add(Organisation(slug="a", name="A"))
        with pytest.raises(WriteOutsideTransaction):
            db.session.flush()
        db.session.rollback()
    assert names(app) == set()


def test_what_a_block_did_is_kept_and_seen_by_others(app: Flask) -> None:
    with app.app_context(), transaction() as session:
        session.add(Organisation(slug="a", name="A"))
    assert names(app) == {"A"}


def test_an_error_undoes_everything_in_the_block(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(ZeroDivisionError), transaction() as session:
            session.add(Organisation(slug="a", name="A"))
            session.flush()
            outbox.add("mail", "mail", {})
            raise ZeroDivisionError
        assert outbox.backlog("mail")[0] == 0
    assert names(app) == set()


def test_blocks_do_not_nest(app: Flask) -> None:
    with app.app_context(), transaction(), pytest.raises(RuntimeError, match="nest"), transaction():
        pass


def test_a_decision_inside_the_block_sees_what_others_stored_since(app: Flask) -> None:
    with app.app_context():
        with transaction() as session:
            session.add(Organisation(slug="a", name="A"))
        row = db.session.scalars(select(Organisation)).one()
        other = threading.Thread(target=_rename, args=(app, "B"))
        other.start()
        other.join()
        with transaction():
            assert row.name == "B"


def test_sqlite_keeps_what_it_acknowledged(tmp_path: Path) -> None:
    with make_app(tmp_path).app_context():
        pragmas = {
            name: db.session.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_many_threads_write_at_once_and_nobody_is_refused(app: Flask) -> None:
    problems: list[BaseException] = []

    def write(number: int) -> None:
        try:
            with app.app_context():
                for turn in range(5):
                    db.session.execute(select(Organisation.id)).all()
                    with transaction() as session:
                        session.add(Organisation(slug=f"{number}-{turn}", name=f"{number}-{turn}"))
        except BaseException as problem:
            problems.append(problem)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert len(names(app)) == 40


def _rename(app: Flask, name: str) -> None:
    with app.app_context(), transaction() as session:
        session.scalars(select(Organisation)).one().name = name
