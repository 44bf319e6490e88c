"""Counting database queries, so that every page has a budget."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, has_app_context
from sqlalchemy import event

from network.core.db import db
from network.core.transaction import writing


@dataclass
class Queries:
    """The statements that ran inside the block, without BEGIN, COMMIT and the like.

    `locked` are those of them that all other writers waited for.
    """

    statements: list[str] = field(default_factory=list)
    locked: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.statements)


@contextmanager
def count_queries(app: Flask) -> Iterator[Queries]:
    """Note every SELECT, INSERT, UPDATE and DELETE of the application."""
    seen = Queries()

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().split(" ", 1)[0].upper() in ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH"):
            seen.statements.append(statement)
            seen.locked += [statement] if has_app_context() and writing() else []

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
