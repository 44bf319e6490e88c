"""What processes keep in memory: read again after a change, at once here and within a second elsewhere."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from flask import Flask

from network.core import kept
from network.core.db import db
from network.core.kept import Kept
from network.core.transaction import transaction
from network.groups.viewers import viewer_of
from network.vocabulary.glossary.actions import add_entry
from network.vocabulary.glossary.queries import alternatives
from network.vocabulary.models import Topic
from network.vocabulary.queries import all_topics
from tests.support.app import make_app
from tests.support.cast import Cast
from tests.support.queries import count_queries


class Shelf:
    """Counts how often it is read."""

    def __init__(self) -> None:
        self.reads = 0

    def read(self) -> int:
        self.reads += 1
        return self.reads


def elsewhere(app: Flask) -> None:
    """Forget what this process knows of its own changes, as if another process had made them."""
    app.extensions["kept"].looked = kept.time.monotonic()


@pytest.fixture
def shelf(app: Flask) -> Shelf:
    return Shelf()


def test_it_is_read_once_until_it_changes(app: Flask, shelf: Shelf) -> None:
    table = Kept("shelf", shelf.read)
    with app.app_context():
        assert [table.value() for _ in range(3)] == [1, 1, 1]
        with transaction():
            table.changed()
        assert [table.value() for _ in range(3)] == [2, 2, 2]


def test_a_change_that_was_not_kept_changes_nothing(app: Flask, shelf: Shelf) -> None:
    table = Kept("shelf", shelf.read)
    with app.app_context():
        assert table.value() == 1
        with pytest.raises(ZeroDivisionError), transaction():
            table.changed()
            raise ZeroDivisionError
        assert table.value() == 1


def test_other_processes_see_it_after_a_second(app: Flask, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    table = Kept("shelf", shelf.read)
    clock = [1000.0]
    monkeypatch.setattr(kept.time, "monotonic", lambda: clock[0])
    with app.app_context():
        assert table.value() == 1
        with transaction():
            table.changed()
        elsewhere(app)
        assert table.value() == 1, "within the second nothing is asked"
        clock[0] += 1.1
        assert table.value() == 2


def test_another_process_on_the_same_database_follows(app: Flask, cast: Cast, tmp_path: Path) -> None:
    keeper = cast.person("Nadia Hussain", role="moderator")
    other = make_app(tmp_path / "other", made=True, DATABASE_URL=app.config["SQLALCHEMY_DATABASE_URI"])
    with other.app_context():
        assert alternatives() == {}
    with app.app_context(), transaction():
        add_entry(viewer=viewer_of(keeper), term="FOI", ways=["freedom of information"], meaning="")
    time.sleep(kept.LOOK_AFTER + 0.1)
    with other.app_context():
        assert alternatives()["foi"] == ("freedom of information",)
        db.session.remove()
        db.engine.dispose()


def test_many_tables_cost_one_query_a_second(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = [Kept(name, Shelf().read) for name in ("one", "two", "three")]
    with app.app_context():
        with count_queries(app) as queries:
            for _ in range(5):
                for table in tables:
                    table.value()
        assert len(queries) == 1, queries.statements


def test_two_changes_in_a_row_count_twice(app: Flask, shelf: Shelf) -> None:
    table = Kept("shelf", shelf.read)
    with app.app_context():
        for reads in (1, 2, 3):
            assert table.value() == reads
            with transaction():
                table.changed()


def test_rows_of_a_kept_table_are_followed(app: Flask) -> None:
    with app.app_context():
        before = {topic.slug for topic in all_topics()}
        with transaction() as session:
            session.add(Topic(slug="bees", name="Bees"))
            session.flush()
            assert {topic.slug for topic in all_topics()} == before | {"bees"}, "what is being written is seen there"
        assert {topic.slug for topic in all_topics()} == before | {"bees"}
        with transaction() as session:
            session.scalars(db.select(Topic).where(Topic.slug == "bees")).one().name = "Bees and wasps"
        assert "Bees and wasps" in {topic.name for topic in all_topics()}
        with transaction() as session:
            session.delete(session.scalars(db.select(Topic).where(Topic.slug == "bees")).one())
        assert {topic.slug for topic in all_topics()} == before
