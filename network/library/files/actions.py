"""What people do with the files of a guide. All of these run inside a transaction and commit nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from network.attachments.actions import attach, detach
from network.attachments.models import StoredFile
from network.attachments.pictures import Stored
from network.attachments.words.asking import has_words
from network.audit.actions import record
from network.core.clock import now
from network.core.db import db
from network.core.events import publish
from network.library.actions import rows
from network.library.events import GUIDE
from network.library.files import rules
from network.library.files.events import GuideFilesChanged
from network.library.files.models import MOST_FILES, WORDS_NONE, WORDS_WAITING, GuideFile, GuideFileVersion
from network.library.models import Guide
from network.subjects.rules import require
from network.subjects.viewer import Viewer

CANNOT = "Only its owner and its authors can change the files of this guide."
GONE = "This file is no longer there."


class TooManyFiles(ValueError):
    """The guide has as many files as a guide can have."""


class CarriedFile(NamedTuple):
    """A file of a guide that comes from another network: the versions to add are its number, its time and its bytes."""

    number: int
    title: str
    description: str
    versions: list[tuple[int, datetime, Stored]]


def carry_files(guide: Guide, files: Iterable[CarriedFile]) -> None:
    """Files as they were in another network, under their numbers and in this order; those that are there are renewed.

    Whoever added them there is a name and nobody here. The guide is held, and just being brought in.
    """
    there = {
        file.number: file for file in db.session.scalars(select(GuideFile).where(GuideFile.guide_id == guide.id)).all()
    }
    for position, carried in enumerate(files, start=1):
        file = there.get(carried.number)
        if file is None:
            file = GuideFile(guide_id=guide.id, number=carried.number)
            file.created_at = carried.versions[0][1]
            guide.file_count += 1
        file.title, file.description, file.position = carried.title, carried.description, position
        db.session.add(file)
        newest = max([file.version or 0, *(number for number, _, _ in carried.versions)])
        for number, at, stored in carried.versions:
            file.version = number - 1
            _add_version(file, stored, None, at)
        file.version = newest
    db.session.flush()


def add_file(
    *,
    viewer: Viewer,
    guide_id: int,
    stored: Stored,
    title: str,
    description: str = "",
    at: datetime | None = None,
) -> GuideFile:
    """Add a file to a guide or draft, behind the others. Raises TooManyFiles."""
    guide = _guide(viewer, guide_id)
    if guide.file_count >= MOST_FILES:
        raise TooManyFiles
    number, position = db.session.execute(
        select(func.coalesce(func.max(GuideFile.number), 0), func.coalesce(func.max(GuideFile.position), 0)).where(
            GuideFile.guide_id == guide_id
        )
    ).one()
    file = GuideFile(
        guide_id=guide_id,
        number=number + 1,
        position=position + 1,
        title=title,
        description=description,
        created_at=at or now(),
    )
    db.session.add(file)
    db.session.flush()
    _add_version(file, stored, viewer, at)
    guide.file_count += 1
    record("guide.add_file", actor_id=viewer.person_id, subject=GUIDE, subject_id=guide_id, file=file.number)
    _told(guide)
    return file


def replace_file(
    *, viewer: Viewer, guide_id: int, number: int, stored: Stored, at: datetime | None = None
) -> GuideFile:
    """A new version of a file; readers get it instead, and the earlier ones stay in the list of versions."""
    guide = _guide(viewer, guide_id)
    file = _file(guide_id, number)
    _add_version(file, stored, viewer, at)
    detail = {"file": number, "version": file.version}
    record("guide.replace_file", actor_id=viewer.person_id, subject=GUIDE, subject_id=guide_id, **detail)
    _told(guide)
    return file


def describe_file(*, viewer: Viewer, guide_id: int, number: int, title: str, description: str) -> None:
    """What it is called and what it is for."""
    guide = _guide(viewer, guide_id)
    file = _file(guide_id, number)
    file.title, file.description = title, description
    _told(guide)


def move_file(*, viewer: Viewer, guide_id: int, number: int, up: bool) -> None:
    """Change places with the file before or behind it; the first and the last stay."""
    guide = _guide(viewer, guide_id)
    file = _file(guide_id, number)
    files = db.session.scalars(
        select(GuideFile)
        .where(GuideFile.guide_id == guide_id, GuideFile.removed_at.is_(None))
        .order_by(GuideFile.position, GuideFile.number)
    ).all()
    place = files.index(file)
    other = place - 1 if up else place + 1
    if 0 <= other < len(files):
        file.position, files[other].position = files[other].position, file.position
        _told(guide)


def remove_file(*, viewer: Viewer, guide_id: int, number: int) -> None:
    """Take a file away, in all its versions. One that is gone already is no error."""
    guide = _guide(viewer, guide_id)
    file = db.session.scalar(select(GuideFile).where(GuideFile.guide_id == guide_id, GuideFile.number == number))
    if file is None or file.removed_at is not None:
        return
    names = db.session.scalars(
        select(StoredFile.name)
        .join(GuideFileVersion, GuideFileVersion.stored_id == StoredFile.id)
        .where(GuideFileVersion.file_id == file.id)
    ).all()
    for name in names:
        detach(name)
    file.removed_at = now()
    guide.file_count -= 1
    record("guide.remove_file", actor_id=viewer.person_id, subject=GUIDE, subject_id=guide_id, file=number)
    _told(guide)


def _guide(viewer: Viewer, guide_id: int) -> Guide:
    guide = rows.guide_to_change(guide_id)
    require(rules.may_change_files(viewer, rows.standing(guide)), CANNOT)
    return guide


def _file(guide_id: int, number: int) -> GuideFile:
    file = db.session.scalar(
        select(GuideFile).where(
            GuideFile.guide_id == guide_id, GuideFile.number == number, GuideFile.removed_at.is_(None)
        )
    )
    require(file is not None, GONE)
    assert file is not None
    return file


def _add_version(file: GuideFile, stored: Stored, viewer: Viewer | None, at: datetime | None) -> None:
    by = viewer.person_id if viewer else None
    row = attach(stored, subject=GUIDE, subject_id=file.guide_id, uploaded_by=by, at=at)
    file.version += 1
    state = WORDS_WAITING if has_words(stored.media_type) else WORDS_NONE
    db.session.add(GuideFileVersion(file_id=file.id, number=file.version, stored_id=row.id, words_state=state))
    db.session.flush()


def _told(guide: Guide) -> None:
    """The index follows a published guide. A draft keeps its revision: whoever writes it just now changed no word."""
    if guide.state == "published":
        guide.revision += 1
        publish(GuideFilesChanged(GUIDE, guide.id))
