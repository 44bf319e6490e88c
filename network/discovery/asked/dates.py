"""Dates of a search: written as a year, a month or a day, or as one of three periods."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from search.query import period

PERIODS = {"month": "In the past month", "year": "In the past year", "3years": "In the past three years"}
MONTHS = {"month": 1, "year": 12, "3years": 36}
# Kept apart from the system's language, as all words of the page are.
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
LAST_DAY_OF_EVERY_MONTH = 28


def beginning(written: str, zone: ZoneInfo) -> datetime | None:
    """The moment in which “2024”, “2024-05” or “2024-05-17” begins; None when it is no date."""
    found = period(written, zone)
    return found[0] if found else None


def in_words(written: str) -> str:
    """“2024”, “May 2024”, “17 May 2024”."""
    year, *rest = written.split("-")
    names = [MONTH_NAMES[int(rest[0]) - 1]] if rest else []
    days = [str(int(rest[1]))] if rest[1:] else []
    return " ".join([*days, *names, year])


def periods(today: datetime) -> dict[str, datetime]:
    """When each period began, seen from the beginning of a day."""
    return {name: _back(today, months) for name, months in MONTHS.items()}


def _back(moment: datetime, months: int) -> datetime:
    """So many months earlier, on the same day or, in a shorter month, on a day that every month has."""
    years, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    try:
        return moment.replace(year=years, month=month + 1)
    except ValueError:
        return moment.replace(year=years, month=month + 1, day=LAST_DAY_OF_EVERY_MONTH)
