"""Dates as they are typed, and the periods of the form."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from network.discovery.asked.dates import beginning, in_words, periods

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("written", "moment", "words"),
    [
        ("2024", datetime(2024, 1, 1, tzinfo=LONDON), "2024"),
        ("2024-05", datetime(2024, 5, 1, tzinfo=LONDON), "May 2024"),
        ("2024-05-17", datetime(2024, 5, 17, tzinfo=LONDON), "17 May 2024"),
    ],
)
def test_years_months_and_days(written: str, moment: datetime, words: str) -> None:
    assert beginning(written, LONDON) == moment
    assert in_words(written) == words


@pytest.mark.parametrize("written", ["", "May", "2024-13", "2024-02-30", "24", "2024-5-17x", "-2024"])
def test_what_is_no_date_is_none(written: str) -> None:
    assert beginning(written, LONDON) is None


@pytest.mark.parametrize(
    ("today", "month"),
    [
        (datetime(2026, 11, 26, tzinfo=UTC), datetime(2026, 10, 26, tzinfo=UTC)),
        (datetime(2026, 3, 31, tzinfo=UTC), datetime(2026, 2, 28, tzinfo=UTC)),
        (datetime(2026, 1, 15, tzinfo=UTC), datetime(2025, 12, 15, tzinfo=UTC)),
    ],
)
def test_a_month_ago(today: datetime, month: datetime) -> None:
    assert periods(today)["month"] == month
    assert periods(today)["year"].year == today.year - 1
    assert periods(datetime(2024, 2, 29, tzinfo=UTC))["year"] == datetime(2023, 2, 28, tzinfo=UTC)
