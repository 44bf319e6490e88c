"""Flask-Migrate, told where the migrations are and that SQLite alters tables by rebuilding them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import Migrate

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
