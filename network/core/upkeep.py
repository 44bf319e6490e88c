"""Keeping SQLite's planner informed: without statistics it picks slow ways through large tables."""

from __future__ import annotations

from sqlalchemy import text

from network.core.db import db
from network.core.transaction import transaction


def optimise() -> None:
    """Scheduled: let SQLite look at a sample of the tables that grew. PostgreSQL does this by itself."""
    if db.engine.dialect.name == "sqlite":
        with transaction() as session:
            session.execute(text("PRAGMA analysis_limit = 1000"))
            session.execute(text("ANALYZE"))
