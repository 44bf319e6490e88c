"""Flask-Migrate, told where the migrations are and that SQLite alters tables by rebuilding them; and whether the tables
are those of this program.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import Migrate
from sqlalchemy.exc import SQLAlchemyError

from network.core.db import db

# The search engine makes and deletes its tables by itself (search/engines/postgres/schema.py).
_NOT_OURS = re.compile(r"search_(indexes|\d+_(documents|words|values))")
FOLDER = Path(__file__).resolve().parent.parent / "migrations"


def add_migrations(app: Flask) -> None:
    """Give the application `flask db`."""
    Migrate(app, db, directory=str(FOLDER), render_as_batch=True, compare_type=True)


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    """For Alembic: whether something that the database has is the migrations' business."""
    return kind != "table" or not _NOT_OURS.fullmatch(name or "")


def wrong_with_tables(app: Flask) -> str:
    """Why nothing should be started on this database, and what to do, in a sentence; empty when all is well."""
    with app.app_context():
        try:
            with db.engine.connect() as connection:
                here = MigrationContext.configure(connection).get_current_revision()
        except SQLAlchemyError as error:
            return f"The database cannot be opened: {str(error.__cause__ or error).strip()}. Look at DATABASE_URL."
        finally:
            db.engine.dispose()
    scripts = ScriptDirectory(str(FOLDER))
    if here == scripts.get_current_head():
        return ""
    if here is None:
        return "The database has no tables yet. Make them and the first administrator with: flask --app app setup"
    if here not in {script.revision for script in scripts.walk_revisions()}:
        return "The tables of the database are of a newer version than this program. Install that version."
    return "The tables of the database are of an older version. Bring them up to date with: flask --app app db upgrade"
