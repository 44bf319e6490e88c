"""How fresh a guide is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from network.core.db import db
from network.core.schedule import schedule
from network.library.checks import add_months, check_state, usual_due
from network.library.models import Guide
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast

DAY = date(2026, 11, 22)
CHECKED = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("checked", "due", "state"),
    [
        (CHECKED, DAY + timedelta(days=31), "in-date"),
        (CHECKED, DAY + timedelta(days=30), "due"),
        (CHECKED, DAY, "due"),
        (CHECKED, DAY - timedelta(days=1), "overdue"),
        (CHECKED, None, "in-date"),
        (None, None, "unchecked"),
        (None, DAY + timedelta(days=31), "unchecked"),
        (None, DAY + timedelta(days=30), "due"),
        (None, DAY - timedelta(days=1), "overdue"),
    ],
)
def test_what_the_dates_say(checked: datetime | None, due: date | None, state: str) -> None:
    assert check_state(checked, due, DAY) == state


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_months_later_is_the_same_day_or_the_months_last(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


def test_policies_come_round_sooner() -> None:
    assert usual_due("policy", date(2026, 8, 31)) == date(2027, 2, 28)
    assert usual_due("guide", date(2024, 2, 29)) == date(2025, 2, 28)


@pytest.mark.parametrize("checked", [True, False])
def test_the_hourly_job_turns_what_has_become_due(app: Flask, cast: Cast, shelf: Shelf, *, checked: bool) -> None:
    at, first = datetime(2026, 6, 1, tzinfo=UTC), "in-date" if checked else "unchecked"
    guide = shelf.guide(cast.person(), check_due=date(2027, 3, 1), at=at, checked=checked)
    other = shelf.guide(cast.person(), "Later", check_due=date(2030, 3, 1), at=datetime(2026, 6, 1, tzinfo=UTC))

    def states() -> list[str]:
        with app.app_context():
            schedule(app).jobs["library.check-states"].run()
            return [db.session.get_one(Guide, one.id).check_state for one in (guide, other)]

    with time_machine.travel(datetime(2027, 1, 29, 12, tzinfo=UTC), tick=True):
        assert states() == [first, "in-date"]
    with time_machine.travel(datetime(2027, 1, 30, 12, tzinfo=UTC), tick=True):
        assert states() == ["due", "in-date"]
    with time_machine.travel(datetime(2027, 3, 2, 12, tzinfo=UTC), tick=True):
        assert states() == ["overdue", "in-date"]
        with app.app_context():
            revision = db.session.get_one(Guide, guide.id).revision
        assert states() == ["overdue", "in-date"]
        with app.app_context():
            assert db.session.get_one(Guide, guide.id).revision == revision
