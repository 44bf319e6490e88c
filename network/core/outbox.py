"""The queue: rows written in the same transaction as the change itself.

A row is for one consumer. It is claimed with a lease, handled, and deleted; a failure puts it back with a growing
delay, and after the last attempt it stays with its error, for people to see. There is no second queue.

A process that dies puts nothing back: its lease runs out, and the attempt was counted when it was claimed. So a row
that kills whoever handles it is given up like one that fails, and tried alone before, so that it takes none along.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, Index, String, Text, delete, func, or_, select, tuple_, update
from sqlalchemy.orm import Mapped, mapped_column

from network.core.clock import now
from network.core.db import Base, db
from network.core.transaction import after_commit, transaction

ATTEMPTS = 12
TOGETHER = 3  # What was tried this often is tried by itself.
LEASE = timedelta(minutes=2)
LONGEST_WAIT = timedelta(hours=1)
NEVER_ENDED = "The worker stopped each time before this was done. Look in its log for what stopped it."


class OutboxRow(Base):
    """One thing still to be told to one consumer."""

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    consumer: Mapped[str] = mapped_column(String(40))
    event: Mapped[str] = mapped_column(String(60))
    payload: Mapped[dict[str, Any]]
    urgent: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)
    available_at: Mapped[datetime] = mapped_column(default=now)
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    failed_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)

    # Numbers are never used again: a consumer that finishes late must not delete somebody else's row, and mails are
    # known by them.
    __table_args__ = (Index(None, "consumer", "available_at"), {"sqlite_autoincrement": True})


@dataclass(frozen=True)
class Message:
    """A claimed row as its consumer sees it. `attempts` also tells whose claim it is: each one raises the number."""

    id: int
    event: str
    payload: dict[str, Any]
    created_at: datetime
    attempts: int


def add(
    consumer: str, event: str, payload: dict[str, Any], *, urgent: bool = False, after: timedelta = timedelta()
) -> None:
    """Write a row for a consumer, in the open transaction, and wake the worker once it is kept.

    Nobody gets it before `after` has passed.
    """
    row = OutboxRow(consumer=consumer, event=event, payload=payload, urgent=urgent, available_at=now() + after)
    db.session.add(row)
    wake = current_app.extensions.get("worker_wake")
    if wake is not None:
        after_commit(wake.set)


def ready() -> set[str]:
    """The consumers that rows are ready for. A cheap look, without the write lock."""
    found = set(db.session.scalars(select(OutboxRow.consumer).where(*_ready()).distinct()))
    db.session.rollback()
    return found


def claim(consumer: str, limit: int) -> list[Message]:
    """Lease up to `limit` ready rows, urgent first, then oldest first. Nobody else gets them until the lease ends."""
    with transaction() as session:
        found = session.scalars(
            select(OutboxRow)
            .where(OutboxRow.consumer == consumer, *_ready())
            .order_by(OutboxRow.urgent.desc(), OutboxRow.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        ).all()
        rows = _give_up(found)
        rows = [row for row in rows if row.attempts < TOGETHER] or rows[:1]
        for row in rows:
            row.leased_until = now() + LEASE
            row.attempts += 1
        return [Message(r.id, r.event, r.payload, r.created_at, r.attempts) for r in rows]


def finish(messages: Sequence[Message]) -> None:
    """Forget rows that were handled, but for those that somebody else has claimed since."""
    with transaction() as session:
        session.execute(delete(OutboxRow).where(_still(messages)))


def put_back(messages: Sequence[Message], error: str) -> None:
    """Try again later, each time after a longer wait; after the last attempt keep the row with its error.

    What somebody else has claimed since is theirs.
    """
    with transaction() as session:
        for message in messages:
            wait = min(timedelta(seconds=2**message.attempts), LONGEST_WAIT)
            last = message.attempts >= ATTEMPTS
            session.execute(
                update(OutboxRow)
                .where(_still([message]))
                .values(
                    leased_until=None,
                    available_at=now() + wait,
                    failed_at=now() if last else None,
                    error=error[:2000],
                )
            )


def backlog(consumer: str) -> tuple[int, datetime | None]:
    """How many rows wait for a consumer and since when, for the health page."""
    count, oldest = db.session.execute(
        select(func.count(OutboxRow.id), func.min(OutboxRow.created_at)).where(
            OutboxRow.consumer == consumer, OutboxRow.failed_at.is_(None)
        )
    ).one()
    return count, oldest


def _give_up(rows: Sequence[OutboxRow]) -> list[OutboxRow]:
    """Keep those of which every attempt ended with whoever made it, for people to see; gives the others."""
    for row in rows:
        if row.attempts >= ATTEMPTS:
            row.leased_until, row.failed_at, row.error = None, now(), row.error or NEVER_ENDED
    return [row for row in rows if row.failed_at is None]


def _still(messages: Sequence[Message]) -> ColumnElement[bool]:
    """The rows of these claims, as long as nobody has claimed them anew."""
    return tuple_(OutboxRow.id, OutboxRow.attempts).in_([(m.id, m.attempts) for m in messages])


def _ready() -> tuple[Any, ...]:
    moment = now()
    return (
        OutboxRow.available_at <= moment,
        OutboxRow.failed_at.is_(None),
        or_(OutboxRow.leased_until.is_(None), OutboxRow.leased_until < moment),
    )
