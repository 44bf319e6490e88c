"""Runs the migrations on the application's database, in a writing transaction."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import context
from flask import current_app

from network.core.db import UtcDateTime, db
from network.core.lock import write_lock
from network.migrating import include_name


def render_item(kind: str, item: Any, autogen_context: Any) -> str | bool:
    """Migrations name only SQLAlchemy's own types, so that old ones run when ours have moved."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    """Apply what is asked for."""
    sqlite = db.engine.dialect.name == "sqlite"
    path = current_app.config["DATA_DIR"] + "/write.lock" if sqlite else None
    with write_lock(Path(path) if path else None), db.engine.connect() as plain:
        connection = plain.execution_options(writing=True)
        if sqlite:
            connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            render_item=render_item,
            include_name=include_name,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        if sqlite:
            connection.connection.cursor().execute("PRAGMA foreign_keys = ON")


run()
