"""Prepared queries say the same whichever way they reach the database."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import Integer, bindparam, column, select, table
from sqlalchemy.exc import DBAPIError

from network.core.prepared import Prepared, each
from network.people.models import Person
from tests.support.cast import Cast
from tests.support.queries import count_queries

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
# A name, a time, a truth value and what is nowhere; a value of its own, given ones, and values that are part of it.
PEOPLE = (
    select(Person.name, Person.created_at, Person.show_email, Person.photo)
    .where(Person.name.in_(each(["Priya Raman", "Owen Price"])), Person.created_at > bindparam("since"))
    .where(Person.show_email.is_(False))
    .order_by(Person.name)
    .limit(bindparam("limit", type_=Integer))
)


def test_rows_are_the_same_straight_from_the_driver(app: Flask, cast: Cast) -> None:
    """While somebody counts what is asked, SQLAlchemy asks; else SQLite's driver does."""
    for name in ("Priya Raman", "Owen Price", "Tom Okafor"):
        cast.person(name)
    with app.app_context():
        straight = Prepared(PEOPLE).rows(since=LONG_AGO, limit=5)
        with count_queries(app) as queries:
            asked = Prepared(PEOPLE).rows(since=LONG_AGO, limit=5)
        assert len(queries) == 1
        assert list(straight) == list(asked)
        assert [name for name, *_ in straight] == ["Owen Price", "Priya Raman"]
        assert straight[0][1].tzinfo is not None, "times know their zone"
        assert straight[0][2:] == (False, None)


def test_each_question_has_its_own_values(app: Flask, cast: Cast) -> None:
    ids = [cast.person("Priya Raman"), cast.person("Owen Price")]
    by_id = Prepared(select(Person.name).where(Person.id == bindparam("id")))
    some = Prepared(select(Person.name).where(Person.id.in_(bindparam("ids", expanding=True))).order_by(Person.id))
    with app.app_context():
        assert [by_id.scalar(id=one) for one in (*ids, 0)] == ["Priya Raman", "Owen Price", None]
        assert by_id.first(id=ids[1]) == ("Owen Price",)
        assert [len(some.rows(ids=asked)) for asked in (ids, ids[:1], [])] == [2, 1, 0]


def test_an_error_is_the_one_that_pages_know(app: Flask) -> None:
    nowhere = Prepared(select(column("id")).select_from(table("no_such_table")))
    with app.app_context(), pytest.raises(DBAPIError):
        nowhere.rows()
