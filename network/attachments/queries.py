"""Finding a file for a viewer."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select

from network.attachments.models import READY, StoredFile
from network.core.db import db
from network.subjects.registry import subjects
from network.subjects.viewer import Viewer


class FoundFile(NamedTuple):
    """What is needed to hand it over."""

    filename: str
    media_type: str
    digest: str
    size: int


def readable_file(name: str, viewer: Viewer) -> FoundFile | None:
    """The file, if the viewer may read what it belongs to and it is ready; None also when there is no such file."""
    row = db.session.execute(
        select(
            StoredFile.filename,
            StoredFile.media_type,
            StoredFile.digest,
            StoredFile.size,
            StoredFile.subject,
            StoredFile.subject_id,
        ).where(StoredFile.name == name, StoredFile.state == READY)
    ).one_or_none()
    if row is None:
        return None
    subject = subjects().get(row.subject)
    if subject is None or not subject.may_read(viewer, row.subject_id):
        return None
    return FoundFile(row.filename, row.media_type, row.digest, row.size)
