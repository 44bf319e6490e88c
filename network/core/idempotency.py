"""Idempotency keys: a form that creates something creates it once, however often it is sent.

The form carries a random key. The key is stored with the address of what it made, in the same transaction. A repeat is
sent on to that address; the same key with other text is refused, because one of the two would be lost silently.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from network.core.clock import now
from network.core.db import Base, db
from network.core.transaction import transaction

KEPT_FOR = timedelta(days=7)
NOT_COMPARED = {"csrf_token", "idempotency_key"}


class IdempotencyKey(Base):
    """What a key made, for whom."""

    __tablename__ = "idempotency_keys"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    owner: Mapped[str] = mapped_column(String(80))
    body_hash: Mapped[str] = mapped_column(String(64))
    address: Mapped[str] = mapped_column(String(500))
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)


class AlreadyDone(Exception):
    """This was sent before; `address` is where the result is."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class KeyUsedForAnother(Exception):
    """The same key came with another text, or from somebody else."""


def new_key() -> str:
    """A key for one showing of a form: 128 random bits."""
    return secrets.token_urlsafe(16)


def fingerprint(fields: Mapping[str, Sequence[str]]) -> str:
    """A hash of what was typed, by which a repeat is told from another text under the same key."""
    kept = sorted((name, list(values)) for name, values in fields.items() if name not in NOT_COMPARED)
    return hashlib.sha256(json.dumps(kept).encode()).hexdigest()


def claim(key: str, owner: str, body_hash: str) -> None:
    """First thing in the transaction: raises AlreadyDone for a repeat, KeyUsedForAnother for a misuse."""
    row = db.session.execute(
        select(IdempotencyKey.owner, IdempotencyKey.body_hash, IdempotencyKey.address).where(IdempotencyKey.key == key)
    ).one_or_none()
    if row is None:
        return
    if row.owner != owner or row.body_hash != body_hash:
        raise KeyUsedForAnother(key)
    raise AlreadyDone(row.address)


def remember(key: str, owner: str, body_hash: str, address: str) -> None:
    """Last thing in the transaction: store what the key made."""
    db.session.add(IdempotencyKey(key=key, owner=owner, body_hash=body_hash, address=address))


def forget_old() -> None:
    """Scheduled: drop keys that nobody will repeat any more."""
    with transaction() as session:
        session.execute(delete(IdempotencyKey).where(IdempotencyKey.created_at < now() - KEPT_FOR))
