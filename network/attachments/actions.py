"""Files come to belong to a subject, and leave it. Inside a transaction; nothing here commits."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from network.attachments.models import StoredFile
from network.attachments.pictures import Stored, storage
from network.core.clock import now
from network.core.db import db

GRACE = timedelta(days=2)


def attach(
    stored: Stored, *, subject: str, subject_id: int, uploaded_by: int | None, at: datetime | None = None
) -> None:
    """From now on the file is as visible as this subject."""
    db.session.add(
        StoredFile(
            name=stored.name,
            filename=stored.filename,
            media_type=stored.media_type,
            size=stored.size,
            width=stored.width,
            height=stored.height,
            digest=stored.digest,
            subject=subject,
            subject_id=subject_id,
            uploaded_by=uploaded_by,
            created_at=at or now(),
        )
    )


def detach(name: str) -> None:
    """Nobody gets the file any more. It goes from the disk after a while, so that a backup under way stays whole."""
    db.session.execute(delete(StoredFile).where(StoredFile.name == name))


def sweep() -> int:
    """Scheduled: remove files that no row names and that have lain there for two days. Returns how many."""
    place = storage()
    old = [path for path in place.folder.glob("??/*") if time.time() - path.stat().st_mtime > GRACE.total_seconds()]
    named = set(db.session.scalars(select(StoredFile.name))) if old else set()
    stray = [path for path in old if path.name not in named]
    for path in stray:
        path.unlink(missing_ok=True)
    return len(stray)
