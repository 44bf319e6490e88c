"""Mails that must not go any more."""

from __future__ import annotations

from sqlalchemy import delete

from network.core.db import db
from network.core.mail.message import CONSUMER
from network.core.outbox import OutboxRow


def withdraw_mails(email: str) -> None:
    """Take back, in the open transaction, what is queued for an address and has not left yet."""
    to = OutboxRow.payload["to"].as_string() == email
    statement = delete(OutboxRow).where(OutboxRow.consumer == CONSUMER, to)
    db.session.execute(statement.execution_options(synchronize_session=False))
