"""Pictures and files of a guide of an archive: stored here, byte for byte where that is safe, before they are kept."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from network.attachments.kinds import FileRefused
from network.attachments.models import StoredFile
from network.attachments.pictures import PictureRefused, Stored
from network.attachments.unchanged import store_unchanged
from network.attachments.uploads import store_upload
from network.core.db import db
from network.library.batches import Report
from network.library.carried.actions import past
from network.library.events import GUIDE
from network.library.files.actions import CarriedFile
from network.library.files.models import MOST_FILES, GuideFileVersion
from network.library.files.queries import FilesThere, files_there
from network.library.importing.own import OwnArchive
from network.library.importing.own_guide import OwnFile, OwnFileVersion, OwnGuide
from network.library.importing.readers import CannotUse

_NOTHING = FilesThere({}, frozenset(), 0)


def pictures_of(
    archive: OwnArchive, own: OwnGuide, guide_id: int | None, report: Report
) -> tuple[dict[str, str], list[Stored]]:
    """The address here of each picture by its path there, and those that are new here."""
    kept = _kept(guide_id) if guide_id else {}
    addresses: dict[str, str] = {}
    stored: list[Stored] = []
    for listed in own.pictures:
        if listed.sha256 in kept:
            addresses[listed.path] = f"/files/{kept[listed.sha256]}"
            continue
        try:
            one = store_unchanged(archive.file(own.entry, listed.path), listed.name or "picture")
        except (CannotUse, PictureRefused) as refused:
            report.remarks.append((own.entry.folder, f"The picture {listed.path} could not be read. {refused}"))
            continue
        addresses[listed.path] = f"/files/{one.name}"
        stored.append(one)
    return addresses, stored


def files_of(
    archive: OwnArchive, own: OwnGuide, guide_id: int | None, report: Report
) -> tuple[dict[str, str], list[CarriedFile]]:
    """The same of the files beside its text. One that was removed here, or is one too many, stays in the archive."""
    there = files_there(guide_id) if guide_id else _NOTHING
    addresses: dict[str, str] = {}
    found: list[CarriedFile] = []
    room = MOST_FILES - there.files
    for file in own.files:
        known = any(number == file.number for number, _ in there.versions)
        if file.number in there.removed:
            report.remarks.append((own.entry.folder, f"The file “{file.title}” was removed here and stays away."))
            continue
        if not known and room == 0:
            report.remarks.append(
                (own.entry.folder, f"“{file.title}” stays in the archive: a guide has at most {MOST_FILES} files.")
            )
            continue
        versions = _versions(archive, own, file, there, addresses, report)
        if known or versions:
            found.append(CarriedFile(file.number, file.title, file.description, versions))
            room -= not known
    return addresses, found


def _versions(
    archive: OwnArchive, own: OwnGuide, file: OwnFile, there: FilesThere, addresses: dict[str, str], report: Report
) -> list[tuple[int, datetime, Stored]]:
    added = []
    for version in file.versions:
        name, digest = there.versions.get((file.number, version.number), ("", ""))
        if name and digest != version.listed.sha256:
            said = f"Version {version.number} of “{file.title}” is another one here, which stays."
            report.remarks.append((own.entry.folder, said))
        if not name:
            try:
                stored = _taken_in(archive, own, version)
            except (CannotUse, FileRefused) as refused:
                said = f"Version {version.number} of the file “{file.title}” stays in the archive. {refused}."
                report.remarks.append((own.entry.folder, said))
                continue
            added.append((version.number, past(version.at), stored))
            name = stored.name
        addresses.setdefault(version.listed.path, f"/files/{name}")
    return added


def _taken_in(archive: OwnArchive, own: OwnGuide, version: OwnFileVersion) -> Stored:
    """Looked at like any file that somebody sends; a scanner looks once it is kept."""
    data = archive.file(own.entry, version.listed.path)
    if hashlib.sha256(data).hexdigest() != version.listed.sha256:
        raise CannotUse("It is not what it was when the archive was made")
    return store_upload(data, version.listed.name or "file", drawn_once=True)


def _kept(guide_id: int) -> Mapping[str, str]:
    """The names of the pictures that the guide's text has here, by what their bytes are."""
    query = (
        select(StoredFile.digest, StoredFile.name)
        .outerjoin(GuideFileVersion, GuideFileVersion.stored_id == StoredFile.id)
        .where(
            StoredFile.subject == GUIDE,
            StoredFile.subject_id == guide_id,
            StoredFile.whole_id.is_(None),
            GuideFileVersion.id.is_(None),
        )
    )
    found: dict[str, str] = {row.digest: row.name for row in db.session.execute(query)}
    db.session.rollback()
    return found
