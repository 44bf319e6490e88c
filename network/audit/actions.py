"""Writing the audit log, always in the transaction of the act itself."""

from __future__ import annotations

from typing import Any

from network.audit.models import AuditEntry
from network.core.db import db


def record(act: str, *, actor_id: int | None, subject: str, subject_id: int, **detail: Any) -> None:
    """Write one entry: `record("guide.withdraw", actor_id=…, subject="guide", subject_id=…, reason=…)`."""
    db.session.add(AuditEntry(act=act, actor_id=actor_id, subject=subject, subject_id=subject_id, detail=detail))
