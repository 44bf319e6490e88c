"""Finding a file for a viewer."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import select

from network.attachments.models import StoredFile
from network.core.db import db
from network.subjects.registry import subjects
from network.subjects.viewer import Viewer


class FoundFile(NamedTuple):
    """What is needed to hand it over."""

    filename: str
    media_type: str
    digest: str


def readable_file(name: str, viewer: Viewer) -> FoundFile | None:
    """The file, if the viewer may read what it belongs to; None also when there is no such file."""
    row = db.session.execute(
        select(
            StoredFile.filename, StoredFile.media_type, StoredFile.digest, StoredFile.subject, StoredFile.subject_id
        ).where(StoredFile.name == name)
    ).one_or_none()
    if row is None:
        return None
    subject = subjects().get(row.subject)
    if subject is None or not subject.may_read(viewer, row.subject_id):
        return None
    return FoundFile(row.filename, row.media_type, row.digest)


def filenames(names: Collection[str]) -> dict[str, str]:
    """What stored files were called by those who sent them, as far as they are here."""
    rows = db.session.execute(select(StoredFile.name, StoredFile.filename).where(StoredFile.name.in_(list(names))))
    return {row.name: row.filename for row in rows}
