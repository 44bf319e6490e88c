"""Finding a file for a viewer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

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
    whole = aliased(StoredFile)
    row = db.session.execute(
        select(
            StoredFile.filename,
            StoredFile.media_type,
            StoredFile.digest,
            StoredFile.size,
            StoredFile.subject,
            StoredFile.subject_id,
            func.coalesce(whole.name, StoredFile.name).label("whole"),
        )
        .outerjoin(whole, whole.id == StoredFile.whole_id)
        .where(StoredFile.name == name, StoredFile.state == READY)
    ).one_or_none()
    subject = subjects().get(row.subject) if row is not None else None
    if row is None or subject is None:
        return None
    of_file = subject.may_read_file
    readable = of_file(viewer, row.subject_id, row.whole) if of_file else subject.may_read(viewer, row.subject_id)
    if not readable:
        return None
    return FoundFile(row.filename, row.media_type, row.digest, row.size)


def filenames(names: Collection[str]) -> dict[str, str]:
    """What stored files were called by those who sent them, as far as they are here."""
    rows = db.session.execute(select(StoredFile.name, StoredFile.filename).where(StoredFile.name.in_(list(names))))
    return {row.name: row.filename for row in rows}


def sizes_of(names: Iterable[str]) -> Mapping[str, list[tuple[int, str]]]:
    """The widths that these pictures are kept in, narrow ones first, with their names; the whole one comes last.

    Those of one width only are left out.
    """
    whole = aliased(StoredFile)
    rows = db.session.execute(
        select(whole.name, whole.width, StoredFile.width, StoredFile.name)
        .join(whole, whole.id == StoredFile.whole_id)
        .where(whole.name.in_(list(names)))
        .order_by(StoredFile.width)
    )
    found: dict[str, list[tuple[int, str]]] = {}
    largest: dict[str, tuple[int, str]] = {}
    for name, full, width, smaller in rows:
        found.setdefault(name, []).append((width or 0, smaller))
        largest[name] = (full or 0, name)
    return {name: [*sizes, largest[name]] for name, sizes in found.items()}
