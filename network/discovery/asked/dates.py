"""Dates of a search: written as a year, a month or a day, or as one of four periods."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

PERIODS = {"month": "In the past month", "year": "In the past year", "3years": "In the past three years"}
MONTHS = {"month": 1, "year": 12, "3years": 36}
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_DATE = re.compile(r"(?P<year>(?:19|20)\d\d)(?:[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?)?")


def beginning(written: str, zone: ZoneInfo) -> datetime | None:
    """The moment in which “2024”, “2024-05” or “2024-05-17” begins; None when it is no date."""
    found = _DATE.fullmatch(written.strip())
    if found is None:
        return None
    try:
        return datetime(int(found["year"]), int(found["month"] or 1), int(found["day"] or 1), tzinfo=zone)
    except ValueError:
        return None


def in_words(written: str) -> str:
    """“2024”, “May 2024”, “17 May 2024”; anything else as it is written."""
    found = _DATE.fullmatch(written.strip())
    if found is None or not 1 <= int(found["month"] or 1) <= 12:
        return written
    month = MONTH_NAMES[int(found["month"]) - 1] if found["month"] else ""
    day = str(int(found["day"])) if found["day"] else ""
    return " ".join(part for part in (day, month, found["year"]) if part)


def periods(today: datetime) -> dict[str, datetime]:
    """When each period began, seen from the beginning of a day."""
    return {name: _back(today, months) for name, months in MONTHS.items()}


def _back(moment: datetime, months: int) -> datetime:
    """So many months earlier, on the same day or on the last one of a shorter month."""
    years, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    for day in range(moment.day, moment.day - 4, -1):
        try:
            return moment.replace(year=years, month=month + 1, day=day)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
