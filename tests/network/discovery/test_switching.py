"""Changing the search engine while people search and write."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from network.core.db import db
from network.core.transaction import transaction
from network.core.worker import drain
from network.discovery import indexing
from network.discovery.engine import LOOK_SECONDS, _chosen, engine, engine_name
from network.discovery.finding import find
from network.groups.viewers import viewer_of
from network.library.actions.ending import withdraw
from network.subjects.viewer import VISITOR
from search.contract import Engine, EngineError
from search.engines.fts5 import Fts5Engine
from search.engines.postgres import PostgresEngine
from search.engines.whoosh import WhooshEngine
from tests.network.library.shelf import Shelf
from tests.support.app import make_app
from tests.support.canaries import OPEN, Canaries, plant
from tests.support.cast import Cast
from tests.support.postgres import fresh_database


@pytest.fixture
def on_postgresql(tmp_path: Path, postgres: str) -> Iterator[Canaries]:
    """Words planted in a network on PostgreSQL, whatever the other tests run on."""
    with fresh_database(postgres) as url:
        app = make_app(tmp_path / "data", DATABASE_URL=url)
        yield plant(app)
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        app.extensions["search_engine"].close()


def second_process(first: Flask, folder: Path) -> Flask:
    """Another process of the same network, as far as search can tell."""
    return make_app(folder / "data", made=True, DATABASE_URL=first.config["DATABASE_URL"])


def switch(app: Flask, name: str) -> str:
    result = app.test_cli_runner().invoke(args=["search", "switch", name])
    assert result.exit_code == 0, result.output
    return str(result.output)


def test_the_default_goes_with_the_database(on_postgresql: Canaries) -> None:
    with on_postgresql.app.app_context():
        assert isinstance(engine(), PostgresEngine)
        assert engine_name() == "postgresql"
        assert find(VISITOR, OPEN).found


def test_every_process_changes_over_within_about_a_second(on_postgresql: Canaries, tmp_path: Path) -> None:
    app = on_postgresql.app
    other = second_process(app, tmp_path)
    with other.app_context():
        assert isinstance(engine(), PostgresEngine)
    assert "Search now uses whoosh" in switch(app, "whoosh")
    time.sleep(LOOK_SECONDS)
    for process in (app, other):
        with process.app_context():
            assert isinstance(engine(), WhooshEngine)
            assert engine().health().documents > 0
            assert find(VISITOR, OPEN).found
            assert not find(VISITOR, OPEN).degraded
    assert "already" in switch(app, "whoosh")
    switch(app, "postgresql")
    with app.app_context():
        assert isinstance(engine(), PostgresEngine)
        assert find(VISITOR, OPEN).found
    with other.app_context():
        db.engine.dispose()
    other.extensions["search_engine"].close()


def test_searches_go_on_meanwhile(on_postgresql: Canaries) -> None:
    app = on_postgresql.app
    done, wrong = threading.Event(), []

    def search() -> None:
        with app.app_context():
            while not done.is_set():
                answer = find(VISITOR, OPEN)
                if answer.degraded or not answer.found:
                    wrong.append(answer)
                db.session.remove()

    thread = threading.Thread(target=search)
    thread.start()
    switch(app, "whoosh")
    time.sleep(LOOK_SECONDS)
    done.set()
    thread.join()
    assert wrong == []


def test_what_changes_meanwhile_is_carried_over(on_postgresql: Canaries, monkeypatch: pytest.MonkeyPatch) -> None:
    app = on_postgresql.app
    with app.app_context():
        guide = find(VISITOR, f"working {OPEN}").found[0].card.id

    def change_while_others_have_not_noticed(_seconds: float) -> None:
        with app.app_context(), transaction():
            withdraw(viewer=viewer_of(on_postgresql.roles["author"] or 0), guide_id=guide, reason="Wrong")

    monkeypatch.setattr(indexing.time, "sleep", change_while_others_have_not_noticed)
    switch(app, "whoosh")
    monkeypatch.undo()
    with app.app_context():
        assert f"guide:{guide}" not in engine().versions()
        assert engine().versions()


def test_changes_after_it_go_to_the_new_one(on_postgresql: Canaries) -> None:
    app = on_postgresql.app
    switch(app, "whoosh")
    with app.app_context():
        guide = find(VISITOR, f"working {OPEN}").found[0].card.id
        with transaction():
            withdraw(viewer=viewer_of(on_postgresql.roles["author"] or 0), guide_id=guide, reason="Wrong")
    drain(app)
    with app.app_context():
        assert f"guide:{guide}" not in engine().versions()


def test_there_and_back_again_without_postgresql(tmp_path: Path) -> None:
    """The engines that are files: after each switch the new one answers, and what changes then is found in it."""
    app = make_app(tmp_path / "data", DATABASE_URL=f"sqlite:///{tmp_path / 'network.db'}")
    author = plant(app).roles["author"] or 0
    kinds: tuple[tuple[str, type[Engine], str], ...] = (
        ("fts5", Fts5Engine, "axolotl"),
        ("whoosh", WhooshEngine, "wolverine"),
    )
    for name, kind, word in kinds:
        assert f"Search now uses {name}" in switch(app, name)
        with app.app_context():
            assert engine_name() == name
            assert isinstance(engine(), kind)
            assert find(VISITOR, OPEN).found
            assert not find(VISITOR, OPEN).degraded
        Shelf(Cast(app)).guide(author, f"Living with a {word}")
        drain(app)
        with app.app_context():
            assert find(VISITOR, word).found, "the change went to another engine"
            assert isinstance(engine(), kind)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    app.extensions["search_engine"].close()


def test_a_switch_that_is_not_read_back_fails_loudly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(tmp_path / "data")
    monkeypatch.setattr(type(_chosen(app)), "read", lambda _self: "whoosh")
    result = app.test_cli_runner().invoke(args=["search", "switch", "fts5"])
    assert result.exit_code == 1
    assert "whoosh is read back" in result.output
    with app.app_context():
        db.engine.dispose()


def test_a_setting_changed_later_wins(on_postgresql: Canaries, tmp_path: Path) -> None:
    switch(on_postgresql.app, "whoosh")
    url = on_postgresql.app.config["DATABASE_URL"]
    again = make_app(tmp_path / "data", made=True, DATABASE_URL=url)
    changed = make_app(tmp_path / "data", made=True, DATABASE_URL=url, SEARCH_ENGINE="whoosh")
    with again.app_context():
        assert engine_name() == "whoosh", "a restart keeps the switch"
    with changed.app_context():
        assert engine_name() == "whoosh"
    switch(changed, "postgresql")
    with again.app_context():
        assert engine_name() == "postgresql", "that switch was made from another setting"
    for process in (again, changed):
        with process.app_context():
            db.engine.dispose()
    changed.extensions["search_engine"].close()


def test_without_postgresql_it_says_what_to_do(tmp_path: Path) -> None:
    app = make_app(tmp_path / "data")
    result = app.test_cli_runner().invoke(args=["search", "switch", "postgresql"])
    assert result.exit_code == 1
    assert "Set DATABASE_URL" in result.output
    with app.app_context():
        assert engine_name() == "whoosh"
        db.engine.dispose()


@pytest.mark.parametrize(
    "left",
    ['{"engine": "postgresql", "setting": "whoosh"}', '{"engine": "grep", "setting": "whoosh"}', "{}", "[1]", "\x00"],
)
def test_a_switch_that_cannot_be_followed_is_left_aside(tmp_path: Path, left: str) -> None:
    app = make_app(tmp_path / "data")
    (tmp_path / "data" / "search-engine.json").write_text(left)
    with app.app_context():
        assert isinstance(engine(), WhooshEngine)
        db.engine.dispose()
    app.extensions["search_engine"].close()


def test_a_switch_that_fails_changes_nothing(on_postgresql: Canaries, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_self: object) -> None:
        raise EngineError("the disk is full")

    monkeypatch.setattr(WhooshEngine, "rebuild", refuse)
    result = on_postgresql.app.test_cli_runner().invoke(args=["search", "switch", "whoosh"])
    assert result.exit_code == 1
    assert "the disk is full; nothing was changed over" in result.output
    with on_postgresql.app.app_context():
        assert engine_name() == "postgresql"
        assert find(VISITOR, OPEN).found
