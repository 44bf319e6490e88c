"""Migrations: up, down and up again on both databases, and no difference from the models at the end."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from network.core.db import db
from network.factory import create_app
from network.starting import seed
from tests.support.app import test_settings
from tests.support.postgres import fresh_database


def check(app: Flask) -> None:
    """Up, down, up, and compare."""
    from network.core.transaction import transaction

    with app.app_context():
        upgrade()
        downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        upgrade()
        with transaction():
            seed()
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, db.metadata) == []
        db.session.remove()
        db.engine.dispose()


def test_on_sqlite(tmp_path: Path) -> None:
    check(create_app(test_settings(tmp_path / "data"), TESTING=True))


def test_on_postgresql(tmp_path: Path, postgres: str) -> None:
    with fresh_database(postgres) as url:
        check(create_app(test_settings(tmp_path / "data", DATABASE_URL=url), TESTING=True))


def test_a_difference_is_noticed(tmp_path: Path) -> None:
    app = create_app(test_settings(tmp_path / "data"), TESTING=True)
    with app.app_context():
        upgrade()
        with db.engine.connect().execution_options(writing=True) as connection, connection.begin():
            connection.exec_driver_sql("DROP TABLE stored_files")
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            with pytest.raises(AssertionError):
                assert compare_metadata(context, db.metadata) == []
        db.engine.dispose()
