"""A schema for an index that is not to stay, for measuring and tests."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from psycopg import sql

from search.engines.postgres.connections import Connections


@contextmanager
def temporary_schema(url: str) -> Iterator[str]:
    """The name of a new schema in the database, which is deleted at the end. Raises EngineError where that fails."""
    name = f"search_{os.getpid()}_{secrets.token_hex(4)}"
    connections = Connections(url)
    try:
        with connections.writing() as session:
            session.run(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(name)))
        yield name
    finally:
        with connections.writing() as session:
            session.run(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(name)))
        connections.close()
