"""The one place that asks what time it is, so that tests can travel and everything is stored in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def today(zone: ZoneInfo) -> date:
    """The present day where the deployment lives."""
    return now().astimezone(zone).date()
