"""The open library as an archive on disk, made by the worker once a day, sooner when guides are new,
and whenever something in it was closed.

It is handed out only while everybody may still read all that is in it. One is made at a time, whichever workers want
one: of two that write into the same file neither would be whole, and an older one would replace a newer one.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from flask import current_app

from network.core.clock import now
from network.core.db import db
from network.core.lock import file_lock
from network.core.outbox import Message
from network.portability.archive import write_archive
from network.portability.choosing import count_open, open_files, open_library
from network.portability.texts import FILES, PICTURES
from network.subjects.viewer import VISITOR

OLDEST = timedelta(hours=24)
OLDEST_WITHOUT_NEW_GUIDES = timedelta(hours=1)
_UNKNOWN = ("",)
"""Of an archive that was made before its files were kept in mind."""


class KeptArchive(NamedTuple):
    """The archive that is there."""

    path: Path
    made: datetime
    guides: int
    size: int


def kept_archive() -> KeptArchive | None:
    """The archive, if there is one and nothing in it was withdrawn, closed or removed since."""
    path, facts = _folder() / "library.zip", _facts()
    if not facts or not path.is_file():
        return None
    if not set(facts["ids"]) <= set(open_library()) or not set(facts.get("files", _UNKNOWN)) <= open_files():
        return None
    return KeptArchive(path, datetime.fromisoformat(facts["made"]), len(facts["ids"]), path.stat().st_size)


def keep_fresh() -> None:
    """Scheduled: make the archive when there is none that may be handed out, or when it has grown too old."""
    with _alone():
        kept = kept_archive()
        if kept is None or _too_old(kept):
            _make()


def _too_old(kept: KeptArchive) -> bool:
    """After a day for what was edited, after an hour for new guides: all in it are open, so that one more is new."""
    age = now() - kept.made
    return age > OLDEST or (age > OLDEST_WITHOUT_NEW_GUIDES and kept.guides != count_open())


def make_anew(_messages: Sequence[Message]) -> None:
    """Outbox consumer: somebody has left, so an archive that may name them is no longer handed out."""
    _hand_out_no_more()
    with _alone():
        _hand_out_no_more()  # Another was being made meanwhile, and may name them.
        _make()


def make_without(_messages: Sequence[Message]) -> None:
    """Outbox consumer: something was withdrawn or closed. Where the archive holds it, one without it is made."""
    keep_fresh()


@contextmanager
def _alone() -> Iterator[None]:
    """Others who want to make the archive wait. No transaction is open meanwhile."""
    db.session.rollback()
    _folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    with file_lock(_folder() / "library.lock"):
        yield


def _hand_out_no_more() -> None:
    (_folder() / "library.json").unlink(missing_ok=True)


def _make() -> None:
    folder = _folder()
    ids = open_library()
    db.session.rollback()
    part = folder / "library.zip.part"
    made = now()
    with part.open("wb") as target:
        write_archive(target, ids, VISITOR)
    # Without its facts an archive is not handed out: they must not speak of another one, however short.
    _hand_out_no_more()
    files = _files_in(part)
    part.replace(folder / "library.zip")
    (folder / "library.json").write_text(json.dumps({"made": made.isoformat(), "ids": ids, "files": files}))


def _files_in(path: Path) -> list[str]:
    """The pictures and files that it holds, by the names that their bytes give them."""
    with zipfile.ZipFile(path) as archive:
        parts = [name.split("/") for name in archive.namelist()]
    return sorted({folders[-1].partition(".")[0] for folders in parts if folders[-2:-1] in ([PICTURES], [FILES])})


def _facts() -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads((_folder() / "library.json").read_text())
    except (OSError, ValueError):
        return None
    return found


def _folder() -> Path:
    return Path(current_app.config["DATA_DIR"]) / "exports"
