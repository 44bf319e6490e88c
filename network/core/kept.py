"""Small tables that every process keeps in memory, and how a change reaches all of them within a second.

Each such table has a number that grows with every change, in the transaction of the change. A process looks at the
numbers at most once a second, with one short query for all of them, and reads a table again when its number is
another. The process that made the change looks at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from flask import current_app
from sqlalchemy import String, event, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from network.core.db import Base, db
from network.core.transaction import after_commit, writing

LOOK_AFTER = 1.0
"""Seconds after which the numbers are looked at again."""

Value = TypeVar("Value")
_followed: dict[type[Base], Kept[Any]] = {}


class KeptNumber(Base):
    """How often a kept table has changed."""

    __tablename__ = "kept_numbers"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int]


@dataclass
class _Memory:
    """What one application keeps: the numbers as last seen, and per table its number and what was read."""

    looked: float | None = None
    numbers: dict[str, int] = field(default_factory=dict)
    values: dict[str, tuple[int, Any]] = field(default_factory=dict)


class Kept(Generic[Value]):
    """`TOPICS = Kept("topics", read_topics, Topic)`; `TOPICS.value()` is what was read, never to be changed.

    Rows of the models named are followed: to add, change or remove one through the session is a change. Whoever
    changes them by a statement says so with `changed()`.
    """

    def __init__(self, name: str, read: Callable[[], Value], *models: type[Base]) -> None:
        self._name = name
        self._read = read
        _followed.update(dict.fromkeys(models, self))

    def value(self) -> Value:
        """What the table says now, at most a second old; while something is being written, as it is there."""
        if writing():
            return self._read()
        memory = _memory()
        if memory.looked is None or time.monotonic() - memory.looked > LOOK_AFTER:
            rows = db.session.execute(select(KeptNumber.name, KeptNumber.number))
            memory.numbers = {row.name: row.number for row in rows}
            memory.looked = time.monotonic()
        number = memory.numbers.get(self._name, 0)
        held = memory.values.get(self._name)
        if held is None or held[0] != number:
            # The number is the older of the two, so that what changes in between is read once more.
            held = memory.values[self._name] = (number, self._read())
        value: Value = held[1]
        return value

    def changed(self) -> None:
        """Have every process read the table again; in the open transaction, after the change itself."""
        self.grow(db.session())

    def grow(self, session: Session) -> None:
        """The same, where a session is at hand."""
        build = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
        statement = build(KeptNumber).values(name=self._name, number=1)
        grown = statement.on_conflict_do_update(
            index_elements=[KeptNumber.name], set_={"number": KeptNumber.number + 1}
        )
        session.connection().execute(grown)
        memory = _memory()
        after_commit(lambda: _look_again(memory))


@event.listens_for(db.session, "after_flush")
def _follow(session: Session, _context: Any) -> None:
    changed = {type(row) for rows in (session.new, session.dirty, session.deleted) for row in rows}
    for kept in {id(kept): kept for model, kept in _followed.items() if model in changed}.values():
        kept.grow(session)


def _look_again(memory: _Memory) -> None:
    memory.looked = None


def _memory() -> _Memory:
    found: _Memory = current_app.extensions.setdefault("kept", _Memory())
    return found
