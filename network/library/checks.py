"""How fresh a guide is, worked out from its dates, and when it should be checked next."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import current_app

from network.core import clock

USUAL_MONTHS = 12
MONTHS_BY_KIND = {"policy": 6}
LONGEST_MONTHS = 36
PERIODS = (3, 6, 12, 24, LONGEST_MONTHS)
SOON = timedelta(days=30)


def zone() -> ZoneInfo:
    """The zone in which days are counted."""
    return ZoneInfo(current_app.config["TIME_ZONE"])


def today() -> date:
    """The present day where the deployment lives."""
    return clock.today(zone())


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(day)


def usual_months(kind: str) -> int:
    """After how many months a guide of this kind should be checked: policies sooner than the rest."""
    return MONTHS_BY_KIND.get(kind, USUAL_MONTHS)


def usual_due(kind: str, since: date, own_months: int | None = None) -> date:
    """When a guide that was right on a day should be checked next.

    `own_months` is the guide's own period, None for the usual one of its kind.
    """
    return add_months(since, own_months or usual_months(kind))


def own_period(kind: str, months: int | None) -> int | None:
    """What a guide keeps of a chosen period: None for the usual one of its kind. Raises ValueError out of bounds."""
    if months is not None and not 1 <= months <= LONGEST_MONTHS:
        raise ValueError(f"a guide is checked every 1 to {LONGEST_MONTHS} months")
    return None if months == usual_months(kind) else months


def check_state(checked_at: datetime | None, check_due: date | None, on: date) -> str:
    """One of CHECK_STATES, as the dates say it on a day.

    A day that has come or comes soon weighs more than never having been checked: somebody is asked for it.
    """
    if check_due is not None and check_due < on:
        return "overdue"
    if check_due is not None and check_due - on <= SOON:
        return "due"
    return "unchecked" if checked_at is None else "in-date"
