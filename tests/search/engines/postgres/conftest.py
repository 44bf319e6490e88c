"""A PostgreSQL engine in a schema of its own, and a way to harm that schema."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import psycopg
import pytest

from search.engines.postgres import PostgresEngine
from search.engines.postgres.temporary import temporary_schema
from tests.support.postgres import shared_postgres

Opener = Callable[..., PostgresEngine]
Run = Callable[[str], None]


@pytest.fixture
def schema() -> Iterator[str]:
    """A fresh schema."""
    with temporary_schema(shared_postgres()) as name:
        yield name


@pytest.fixture
def opener(schema: str) -> Iterator[Opener]:
    """Opens engines on the same index, as several processes would."""
    opened: list[PostgresEngine] = []

    def open_one(**more: float) -> PostgresEngine:
        opened.append(PostgresEngine(shared_postgres(), schema, **more))
        return opened[-1]

    yield open_one
    for engine in opened:
        engine.close()


@pytest.fixture
def engine(opener: Opener) -> PostgresEngine:
    """One of them."""
    return opener()


@pytest.fixture
def run(schema: str) -> Run:
    """Carries out statements in the schema, behind the engine's back."""

    def carry_out(statements: str) -> None:
        with psycopg.connect(shared_postgres(), autocommit=True) as connection:
            connection.execute(f'SET search_path = "{schema}"; {statements}'.encode())

    return carry_out
