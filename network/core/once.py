"""Adding a row that may be there already, whoever was quicker: two presses of one button are one act.

To look first and add then is not enough: on PostgreSQL writers do not wait for one another, and the second of two
would be refused by the key of the row.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, literal_column, select
from sqlalchemy.dialects import postgresql, sqlite

from network.core.db import Base, db


def one_by_one(what: str) -> None:
    """Have whoever else is about to do `what` wait until the open transaction ends, so that they see what it did.

    For what is looked for among all rows and must then be free, as an address: there is no row to lock.
    """
    if db.engine.dialect.name == "postgresql":  # The writers of SQLite do so anyway.
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtext(what))))


def add_once(table: type[Base], **values: Any) -> bool:
    """Add a row of these values, or do nothing when one with its key is there. In the open transaction.

    Tells whether it was added.
    """
    build = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    # The row itself is asked for: drivers do not agree on what they count.
    adding: Any = build(table).values(**values).on_conflict_do_nothing().returning(literal_column("1"))
    return db.session.execute(adding).first() is not None
