"""Keeping what people say about a search, and forgetting the log."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete

from network.core.clock import now
from network.core.db import db
from network.core.transaction import transaction
from network.discovery.log.models import SearchFeedback, SearchLogRow
from network.discovery.log.noting import this_hour

KEPT_FOR = timedelta(days=90)


def say(*, text: str, useful: bool | None, said: str) -> None:
    """An answer, without who. `text` is empty when the search may not be kept (see keeping.py)."""
    db.session.add(SearchFeedback(hour=this_hour(), text=text, useful=useful, said=said))


def forget_old() -> None:
    """Scheduled: drop searches and answers after 90 days."""
    with transaction() as session:
        for table in (SearchLogRow, SearchFeedback):
            session.execute(delete(table).where(table.hour < now() - KEPT_FOR))
