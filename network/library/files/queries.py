"""The files of guides: as pages show them, as the index holds their words, and as exports take them along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import aliased

from network.attachments.models import READY, StoredFile
from network.core.db import db
from network.core.prepared import Prepared
from network.library.files.models import WORDS_WAITING, GuideFile, GuideFileVersion
from network.people.models import Person
from network.people.queries import credited

MOST_LETTERS_A_GUIDE = 400_000
"""Characters of all files of one guide together that are searched; the first files come first."""


class FileLine(NamedTuple):
    """One version of a file. `name` is what the storage calls it, and its address is made of; `state` is that of
    StoredFile, and only a ready one can be had."""

    guide_id: int
    number: int
    title: str
    description: str
    newest: int
    version: int
    name: str
    filename: str
    media_type: str
    size: int
    width: int | None
    digest: str
    state: str
    words_state: str
    fault: str
    added_at: datetime
    added_by: str
    added_by_handle: str

    @property
    def address(self) -> str:
        """Where it is had."""
        return f"/files/{self.name}"


class FileWords(NamedTuple):
    """The words of a guide's file."""

    guide_id: int
    title: str
    name: str
    media_type: str
    size: int
    text: str


class FilesThere(NamedTuple):
    """What a guide has by way of files: name and digest by the numbers of file and version, the numbers of removed
    files, and how many there are."""

    versions: Mapping[tuple[int, int], tuple[str, str]]
    removed: frozenset[int]
    files: int


_Ready, _ReadyStored = aliased(GuideFileVersion), aliased(StoredFile)
_LATEST_READY = (
    select(func.max(_Ready.number))
    .join(_ReadyStored, _ReadyStored.id == _Ready.stored_id)
    .where(_Ready.file_id == GuideFile.id, _ReadyStored.state == READY)
    .correlate(GuideFile)
    .scalar_subquery()
)
_SHOWN = GuideFileVersion.number == func.coalesce(_LATEST_READY, GuideFile.version)
"""What readers are shown of a file: its newest version that can be had; where there is none, the newest."""

_LINES: Select[*tuple[object, ...]] = (
    select(
        GuideFile.guide_id,
        GuideFile.number,
        GuideFile.title,
        GuideFile.description,
        GuideFile.version.label("newest"),
        GuideFileVersion.number.label("version"),
        StoredFile.name,
        StoredFile.filename,
        StoredFile.media_type,
        StoredFile.size,
        StoredFile.width,
        StoredFile.digest,
        StoredFile.state,
        GuideFileVersion.words_state,
        GuideFileVersion.fault,
        StoredFile.created_at.label("added_at"),
        func.coalesce(credited(), "").label("added_by"),
        func.coalesce(Person.handle, "").label("added_by_handle"),
    )
    .join(GuideFileVersion, GuideFileVersion.file_id == GuideFile.id)
    .join(StoredFile, StoredFile.id == GuideFileVersion.stored_id)
    .outerjoin(Person, Person.id == StoredFile.uploaded_by)
    .where(GuideFile.guide_id == bindparam("guide_id"), GuideFile.removed_at.is_(None))
    .order_by(GuideFile.position, GuideFile.number, GuideFileVersion.number.desc())
)
_CURRENT = Prepared(_LINES.where(_SHOWN))
_ALL = Prepared(_LINES)


def files_of(guide_id: int) -> list[FileLine]:
    """The files of a guide as readers have them, in their order. Whether they may is for the rules of the guide."""
    return [FileLine(*row) for row in _CURRENT.rows(guide_id=guide_id)]


def all_versions(guide_id: int) -> list[list[FileLine]]:
    """The files of a guide in their order, each with all its versions, newest first."""
    found: dict[int, list[FileLine]] = {}
    for row in _ALL.rows(guide_id=guide_id):
        line = FileLine(*row)
        found.setdefault(line.number, []).append(line)
    return list(found.values())


def files_there(guide_id: int) -> FilesThere:
    """Everything that a guide's files say of themselves, in every state, for bringing more in."""
    rows = db.session.execute(
        select(GuideFile.number, GuideFile.removed_at, GuideFileVersion.number, StoredFile.name, StoredFile.digest)
        .outerjoin(GuideFileVersion, GuideFileVersion.file_id == GuideFile.id)
        .outerjoin(StoredFile, StoredFile.id == GuideFileVersion.stored_id)
        .where(GuideFile.guide_id == guide_id)
    ).all()
    db.session.rollback()
    versions = {(number, version): (name, digest) for number, _, version, name, digest in rows if name is not None}
    removed = frozenset(number for number, removed_at, *_ in rows if removed_at is not None)
    return FilesThere(versions, removed, len({number for number, *_ in rows} - removed))


def words_of_files(guide_ids: Sequence[int]) -> Mapping[int, list[FileWords]]:
    """The words of the files of these guides, as readers have them; guides whose files have none are left out."""
    if not guide_ids:
        return {}
    rows = db.session.execute(
        select(
            GuideFile.guide_id,
            GuideFile.title,
            StoredFile.name,
            StoredFile.media_type,
            StoredFile.size,
            GuideFileVersion.text,
        )
        .join(GuideFileVersion, GuideFileVersion.file_id == GuideFile.id)
        .join(StoredFile, StoredFile.id == GuideFileVersion.stored_id)
        .where(
            GuideFile.guide_id.in_(list(guide_ids)),
            GuideFile.removed_at.is_(None),
            StoredFile.state == READY,
            _SHOWN,
        )
        .order_by(GuideFile.position, GuideFile.number)
    )
    found: dict[int, list[FileWords]] = {}
    room: dict[int, int] = {}
    for row in rows:
        left = room.get(row.guide_id, MOST_LETTERS_A_GUIDE)
        words = FileWords(row.guide_id, row.title, row.name, row.media_type, row.size, row.text[:left])
        room[row.guide_id] = left - len(words.text)
        found.setdefault(row.guide_id, []).append(words)
    return found


def waiting_words(limit: int) -> list[int]:
    """Stored files whose words should have been read by now."""
    query = (
        select(GuideFileVersion.stored_id)
        .join(StoredFile, StoredFile.id == GuideFileVersion.stored_id)
        .where(GuideFileVersion.words_state == WORDS_WAITING, StoredFile.state == READY)
        .order_by(GuideFileVersion.id)
        .limit(limit)
    )
    return list(db.session.scalars(query))
