"""Flask-Migrate, told where the migrations are and that SQLite alters tables by rebuilding them."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from flask_migrate import Migrate

from network.core.db import db

FOLDER = Path(__file__).resolve().parent.parent / "migrations"


def add_migrations(app: Flask) -> None:
    """Give the application `flask db`."""
    Migrate(app, db, directory=str(FOLDER), render_as_batch=True, compare_type=True)
