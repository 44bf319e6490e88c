"""Taking the search index away behind the application's back."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from flask import Flask
from sqlalchemy import inspect

from network.core.db import db
from network.discovery.engine import engine
from tests.support.postgres import ON_POSTGRES


def lose(app: Flask) -> None:
    """The index is gone behind the application's back."""
    if ON_POSTGRES:
        with db.engine.connect() as connection, connection.begin():
            tables = [name for name in inspect(connection).get_table_names() if re.match(r"search_\d+_documents", name)]
            assert tables
            for name in tables:
                connection.exec_driver_sql(f"DROP TABLE {name}")
        return
    engine().close()
    app.extensions.pop("search_engine")
    shutil.rmtree(Path(app.config["DATA_DIR"]) / "index")
