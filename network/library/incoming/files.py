"""What lies on the disk while an import is under way: outside the web root, in a folder that nobody can guess.

First the files as they were sent (`sent/`), then what was read of them (`read/`): a list, a file for each document,
and the pictures by the digest of their bytes. The folder goes when the import is over.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from flask import current_app

from network.library.incoming.agreed import ARCHIVE

FOLDER = re.compile(r"[0-9a-f]{32}")
_AT_A_TIME = 256 * 1024


def folder_of(name: str) -> Path:
    """The folder of an import."""
    if not FOLDER.fullmatch(name):
        raise ValueError(name)
    return _all() / name


def keep_sent(name: str, sent: Iterable[tuple[str, IO[bytes]]]) -> None:
    """Write the files down as they came; their names stand in a list and never become names on the disk."""
    folder = folder_of(name) / "sent"
    folder.mkdir(parents=True, mode=0o700)
    names = []
    for number, (filename, stream) in enumerate(sent):
        names.append(filename)
        with open(folder / f"{number:04}", "wb") as file:
            shutil.copyfileobj(stream, file, _AT_A_TIME)
    (folder / "names.json").write_text(json.dumps(names), "utf-8")


def forget_sent(name: str) -> None:
    """The files as they came are of no use once they are read."""
    shutil.rmtree(folder_of(name) / "sent", ignore_errors=True)


def forget(name: str) -> None:
    """Take the folder away; one that is gone already is no error."""
    shutil.rmtree(folder_of(name), ignore_errors=True)


def list_of(name: str) -> dict[str, Any] | None:
    """What reading gave, None before it is done."""
    try:
        found: dict[str, Any] = json.loads((folder_of(name) / "read" / "list.json").read_text("utf-8"))
    except FileNotFoundError:
        return None
    return found


def document_of(name: str, number: int) -> dict[str, Any]:
    """One document as it was read. Raises FileNotFoundError when it is gone."""
    found: dict[str, Any] = json.loads((folder_of(name) / "read" / f"{number:04}.json").read_text("utf-8"))
    return found


def archive_of(name: str) -> Path:
    """Where an archive of ours lies while its guides come in."""
    return folder_of(name) / "read" / ARCHIVE


def picture_of(name: str, digest: str) -> bytes:
    """A picture of the import by its digest."""
    return (folder_of(name) / "read" / digest).read_bytes()


def older_than(moment: float) -> Iterator[str]:
    """Names of the folders in which nothing has happened since."""
    if _all().is_dir():
        for folder in _all().iterdir():
            if FOLDER.fullmatch(folder.name) and folder.stat().st_mtime < moment:
                yield folder.name


def _all() -> Path:
    return Path(current_app.config["DATA_DIR"]) / "imports"
