"""Files come to belong to a subject, and leave it. Inside a transaction; nothing here commits."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import delete, select

from network.attachments.events import FileReady, FileWaiting
from network.attachments.models import READY, WAITING, StoredFile
from network.attachments.pictures import Stored
from network.core.clock import now
from network.core.db import db
from network.core.events import publish
from network.core.storage.choosing import storage

GRACE = timedelta(days=2)
KEPT_APART = timedelta(days=30)
BATCH = 200


def attach(
    stored: Stored, *, subject: str, subject_id: int, uploaded_by: int | None, at: datetime | None = None
) -> StoredFile:
    """From now on the file is as visible as this subject; where there is a virus scanner, once it has looked.

    Pictures that were drawn anew hold nothing but pixels, so they need no look.
    """
    drawn_anew = stored.width is not None
    state = WAITING if current_app.config["VIRUS_SCANNER"] and not drawn_anew else READY
    row = _row(stored, state, subject, subject_id, uploaded_by, at or now())
    db.session.add(row)
    db.session.flush()
    for smaller in stored.smaller:
        part = _row(smaller, state, subject, subject_id, uploaded_by, at or now())
        part.whole_id = row.id
        db.session.add(part)
    publish((FileReady if state == READY else FileWaiting)(row.id, subject, subject_id))
    return row


def _row(
    stored: Stored, state: str, subject: str, subject_id: int, uploaded_by: int | None, at: datetime
) -> StoredFile:
    return StoredFile(
        name=stored.name,
        filename=stored.filename,
        media_type=stored.media_type,
        size=stored.size,
        width=stored.width,
        height=stored.height,
        digest=stored.digest,
        state=state,
        subject=subject,
        subject_id=subject_id,
        uploaded_by=uploaded_by,
        created_at=at,
    )


def detach(name: str) -> None:
    """Nobody gets the file any more. It goes from the storage after a while, so that a backup under way stays whole."""
    db.session.execute(delete(StoredFile).where(StoredFile.name == name))


def detach_all(*, subject: str, subject_id: int) -> None:
    """The same for all that belongs to a row that is about to go: its number may be given to another row."""
    db.session.execute(delete(StoredFile).where(StoredFile.subject == subject, StoredFile.subject_id == subject_id))


def sweep() -> int:
    """Scheduled: remove files that no row names and that have lain there for two days. Returns how many.

    What was set apart is kept for thirty days, for whoever looks into it.
    """
    place, moment = storage(), now()
    swept, batch = 0, list[str]()
    for name in place.older_than(moment - GRACE):
        batch.append(name)
        if len(batch) == BATCH:
            swept += _sweep(batch)
            batch.clear()
    for name in list(place.older_than(moment - KEPT_APART, apart=True)):
        place.remove_apart(name)
    return swept + _sweep(batch)


def _sweep(names: list[str]) -> int:
    named = set(db.session.scalars(select(StoredFile.name).where(StoredFile.name.in_(names)))) if names else set()
    db.session.rollback()
    stray = [name for name in names if name not in named]
    for name in stray:
        storage().remove(name)
    return len(stray)
