"""The dictionary of this network: the words of what everybody may read, and of nothing else.

Whoever is corrected sees a word of it, so that words of closed groups and drafts do not belong in it. The worker
writes the file; every process reads it and looks whether there is a newer one.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import structlog
from flask import current_app

from network.core.db import db
from network.discovery.documents import documents, in_batches
from network.subjects.registry import subjects
from network.subjects.visibility import PUBLIC
from search.contract import Document
from search.spelling import Dictionary, count_words, load, save

FILE = "words"
BATCH = 200
# So many changed rows may have brought new words.
MANY_CHANGES = 200
OLDEST = 24 * 60 * 60

log = structlog.get_logger()
_reading = threading.Lock()


def dictionary() -> Dictionary:
    """The newest dictionary; one without words until the worker has made the first."""
    path = _path()
    try:
        state = path.stat()
        stamp: Any = (state.st_ino, state.st_mtime_ns)
    except OSError:
        stamp = None
    with _reading:
        kept = current_app.extensions.get("search_words")
        if kept is None or kept[0] != stamp:
            kept = current_app.extensions["search_words"] = (stamp, load(path))
    found: Dictionary = kept[1]
    return found


def build() -> int:
    """Write the dictionary anew from the database; returns how many words it holds."""
    current_app.extensions["search_words_changes"] = 0
    counts: Counter[str] = Counter()
    for subject in subjects().values():
        for ids in in_batches(sorted(subject.revisions()), BATCH):
            counts.update(words_in(documents(subject, ids)))
            db.session.rollback()
    return write(counts)


def words_in(found: Iterable[Document]) -> Counter[str]:
    """How many of those documents that everybody may read hold each word."""
    return count_words(
        "\n".join((one.title, one.summary, *one.tags, one.body)) for one in found if one.audience == PUBLIC
    )


def write(counts: Counter[str]) -> int:
    """Put a dictionary of these words in place of the one before; returns how many words it holds."""
    save(_path(), counts)
    log.info("the dictionary was written", words=len(counts))
    return len(counts)


def note_changes(rows: int) -> None:
    """So many rows were put into the index."""
    current_app.extensions["search_words_changes"] = current_app.extensions.get("search_words_changes", 0) + rows


def refresh() -> None:
    """Scheduled every minute: a dictionary that is missing, a day old or behind by many changes is written anew."""
    behind = current_app.extensions.get("search_words_changes", 0) >= MANY_CHANGES
    if behind or not _path().exists() or time.time() - _path().stat().st_mtime > OLDEST:
        build()


def _path() -> Path:
    return Path(current_app.config["DATA_DIR"]) / FILE
