"""Migrations: up, down and up again on both databases, and no difference from the models at the end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Connection, inspect

from network.core.db import db
from network.discovery.engine import engine
from network.discovery.indexing import rebuild
from network.factory import create_app
from network.migrating import include_name
from network.starting import seed
from tests.support.app import test_settings
from tests.support.postgres import fresh_database


def differences(connection: Connection) -> list[Any]:
    """What the database has and the models have not, or the other way round."""
    context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": include_name})
    return list(compare_metadata(context, db.metadata))


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
            assert differences(connection) == []
        db.session.remove()
        db.engine.dispose()


def test_on_sqlite(tmp_path: Path) -> None:
    check(create_app(test_settings(tmp_path / "data"), TESTING=True))


def test_on_postgresql(tmp_path: Path, postgres: str) -> None:
    with fresh_database(postgres) as url:
        check(create_app(test_settings(tmp_path / "data", DATABASE_URL=url), TESTING=True))


def test_tables_of_the_search_engine_are_no_difference_and_others_are(tmp_path: Path, postgres: str) -> None:
    with fresh_database(postgres) as url:
        app = create_app(test_settings(tmp_path / "data", DATABASE_URL=url), TESTING=True)
        with app.app_context():
            upgrade()
            rebuild()
            engine().close()
            with db.engine.connect() as connection:
                assert inspect(connection).has_table("search_1_documents")
                assert differences(connection) == []
                connection.exec_driver_sql("CREATE TABLE search_notes (id integer)")
                assert differences(connection)
            db.engine.dispose()


def test_a_difference_is_noticed(tmp_path: Path) -> None:
    app = create_app(test_settings(tmp_path / "data"), TESTING=True)
    with app.app_context():
        upgrade()
        with db.engine.connect().execution_options(writing=True) as connection, connection.begin():
            connection.exec_driver_sql("DROP TABLE stored_files")
        with db.engine.connect() as connection:
            assert differences(connection)
        db.engine.dispose()
