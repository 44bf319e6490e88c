"""The archive: guides with their versions and files, written one after the other, never held as a whole."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import IO, cast

import structlog
from sqlalchemy.exc import DBAPIError

from network.core.clock import now
from network.core.db import db
from network.library.importing.own import GUIDE_FILE, MANIFEST
from network.portability.choosing import readable, slugs_of, titles_of
from network.portability.links import outward, shut
from network.portability.manifest import README, LeftOut, about, entry, manifest
from network.portability.parts import Whole
from network.portability.pipe import Pipe
from network.portability.reading import BATCH, whole
from network.portability.stored import content_of
from network.portability.texts import Text, fields_of, front_matter, path_of, version_fields
from network.subjects.viewer import Viewer

Folders = dict[str, str]
Listed = Sequence[Mapping[str, str]]
Beside = Callable[[Listed], Iterator[Text]]
EARLIEST, LATEST = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)
"""What a zip can say of when a file was written. The texts themselves say it as it is."""
log = structlog.get_logger()


def write_archive(
    target: IO[bytes] | Pipe, ids: Sequence[int], viewer: Viewer, progress: Callable[[int], object] = lambda done: None
) -> int:
    """Write these guides as the viewer may read them. Returns how many came in."""
    count = 0
    for done in written(target, ids, viewer):
        count += done
        progress(done)
    return count


def written(
    target: IO[bytes] | Pipe, ids: Sequence[int], viewer: Viewer, beside: Beside = lambda _guides: iter(())
) -> Iterator[int]:
    """The same, giving the number of guides after each that was written, so that what is written can be sent on.

    `ids` were chosen before: a guide that was withdrawn or closed meanwhile stays out, because each batch asks again.
    `beside` gives what else the archive holds, one after the other, told of the guides' lines in the manifest.
    """
    folders = _folders(ids)
    listed: list[dict[str, str]] = []
    left_out: list[LeftOut] = []
    with zipfile.ZipFile(cast("IO[bytes]", target), "w", zipfile.ZIP_DEFLATED) as archive:
        for start in range(0, len(ids), BATCH):
            for guide, texts in _batch(ids[start : start + BATCH], viewer, folders, left_out):
                _write(archive, guide, texts)
                listed.append(entry(guide))
                yield 1
        others: Counter[str] = Counter()
        for path, words, at in beside(listed):
            _add(archive, path, words, at)
            others[path.partition("/")[0]] += 1
            yield 0
        _add(archive, README, about(left_out, others), now())
        _add(archive, MANIFEST, json.dumps(manifest(listed, left_out, others), ensure_ascii=False, indent=1), now())
    yield 0


def _batch(
    ids: Sequence[int], viewer: Viewer, folders: Folders, left_out: list[LeftOut]
) -> Iterator[tuple[Whole, list[Text]]]:
    """These guides, read together; when that fails each by itself, so that one of them does not stop the rest."""
    try:
        found = _read(ids, viewer, folders)
    except Exception as error:
        db.session.rollback()
        if isinstance(error, DBAPIError) and error.connection_invalidated:
            raise
        if len(ids) > 1:
            for guide_id in ids:
                yield from _batch([guide_id], viewer, folders, left_out)
            return
        log.exception("a guide was left out of an archive", guide=ids[0])
        left_out += [LeftOut(str(uuid), title) for uuid, title in titles_of(viewer, ids)]
        return
    yield from found


def _read(ids: Sequence[int], viewer: Viewer, folders: Folders) -> list[tuple[Whole, list[Text]]]:
    guides = whole(readable(viewer, ids), viewer, older=True)
    closed = shut([text for one in guides for text in _bodies(one)], viewer)
    db.session.rollback()
    return [(guide, _texts(guide, closed, folders)) for guide in guides]


def _texts(guide: Whole, closed: frozenset[str], folders: Folders) -> list[Text]:
    """Its newest text and the older ones, by their paths in its folder."""
    places = {f"/files/{file.name}": path_of(file) for file in guide.files} | folders
    body = outward(guide.row.body, closed, places)
    texts = [Text(GUIDE_FILE, front_matter(fields_of(guide, archive=True), body), guide.row.updated_at)]
    for version in guide.versions[:-1]:
        words = front_matter(version_fields(version), outward(version.body, closed, places))
        texts.append(Text(f"versions/{version.number}.md", words, version.at))
    return texts


def _write(archive: zipfile.ZipFile, guide: Whole, texts: Sequence[Text]) -> None:
    folder, at = f"guides/{guide.folder}", guide.row.updated_at
    for text in texts:
        _add(archive, f"{folder}/{text.path}", text.words, text.at)
    for path, file in {path_of(file): file for file in guide.files}.items():
        data = content_of(file.name)
        if data is not None:
            _add(archive, f"{folder}/{path}", data, at, packed=False)


def _bodies(guide: Whole) -> list[str]:
    return [guide.row.body, *(version.body for version in guide.versions[:-1])]


def _folders(ids: Sequence[int]) -> Folders:
    """Where each published guide of this archive lies, seen from the folder of another."""
    return {f"/library/{slug}": f"../{slug}/{GUIDE_FILE}" for slug in slugs_of(ids)}


def _add(archive: zipfile.ZipFile, name: str, data: str | bytes, at: datetime, *, packed: bool = True) -> None:
    entry = zipfile.ZipInfo(name, min(max(at.timetuple()[:6], EARLIEST), LATEST))
    entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data)
