"""Keeping what people say about a search, and forgetting the log."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, update

from network.audit.actions import record
from network.core.clock import now
from network.core.db import db
from network.core.transaction import transaction
from network.discovery.log.models import SearchFeedback, SearchLogRow
from network.discovery.log.noting import this_hour
from network.subjects.rules import require
from network.subjects.viewer import Viewer

KEPT_FOR = timedelta(days=90)


def say(*, text: str, useful: bool | None, said: str) -> None:
    """An answer, without who. `text` is empty when the search may not be kept (see keeping.py)."""
    db.session.add(SearchFeedback(hour=this_hour(), text=text, useful=useful, said=said))


def forget_text(*, viewer: Viewer, text: str) -> int:
    """Take a text out of the log, and what people said about it: somebody typed what nobody should read here.

    Returns in how many places it stood. The record of the act does not hold the text.
    """
    require(viewer.is_moderator, "Moderators and administrators look after the list of searches.")
    session = db.session()
    rows = session.execute(delete(SearchLogRow).where(SearchLogRow.text == text)).rowcount  # type: ignore[attr-defined]
    session.execute(update(SearchLogRow).where(SearchLogRow.before == text).values(before=None))
    rows += session.execute(delete(SearchFeedback).where(SearchFeedback.text == text)).rowcount  # type: ignore[attr-defined]
    record("search.forget", actor_id=viewer.person_id, subject="search_log", subject_id=0, rows=rows)
    return int(rows)


def forget_old() -> None:
    """Scheduled: drop searches and answers after 90 days."""
    with transaction() as session:
        for table in (SearchLogRow, SearchFeedback):
            session.execute(delete(table).where(table.hour < now() - KEPT_FOR))
