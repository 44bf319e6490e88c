"""Keeping the index in step with the database: fed by the outbox, reconciled at night, rebuilt beside the live one.

The outbox says only which rows changed. What they say now is read from the database, so order and repeats do not
matter, and a row that may no longer be found is taken out in the same commit.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import structlog

from network.core.db import db
from network.core.outbox import Message
from network.discovery.documents import documents, in_batches, key, split, version
from network.discovery.engine import LOOK_SECONDS, engine, other_engine, use
from network.discovery.spelling.words import note_changes, words_in, write
from network.subjects.registry import AudienceChanged, GroupMoved, Subject, subjects
from search.contract import Document, Engine, EngineBusy, EngineError

BATCH = 200
SETTLING_SECONDS = 2 * LOOK_SECONDS

log = structlog.get_logger()

Progress = Callable[[int], object]


def follow(messages: Sequence[Message]) -> None:
    """Outbox consumer: put what changed into the index, in one commit. Raises EngineBusy to be asked again."""
    if not engine().filled():
        rebuild()
        return
    touched = _touched(messages)
    note_changes(sum(len(ids) for ids in touched.values()))
    try:
        _write(touched)
    except EngineBusy:
        raise
    except EngineError as error:
        log.warning("the index is damaged and is rebuilt", error=str(error))
        rebuild()


def reconcile() -> tuple[int, int]:
    """Compare index and database, mend what differs; returns how many rows were put in and taken out."""
    if engine().needs_rebuild():
        return rebuild(), 0
    try:
        held = engine().versions()
    except EngineError:
        return rebuild(), 0
    wanted = _wanted()
    late = [name for name, revision in wanted.items() if held.get(name) != revision]
    gone = [name for name in held if name not in wanted]
    for batch in _by_subject(late):
        engine().put(batch)
    if gone:
        engine().remove(gone)
    if late or gone:
        log.info("the index was reconciled", put=len(late), removed=len(gone))
    return len(late), len(gone)


def rebuild(progress: Progress = lambda done: None, into: Engine | None = None) -> int:
    """Build a new index beside the live one, switch to it, and catch up with what changed meanwhile.

    Everything is read on the way, so that the dictionary is written anew as well. `into` is the engine to build it
    in, if not the one in use.
    """
    total = 0
    words: Counter[str] = Counter()
    target = into or engine()
    with target.rebuild() as new:
        for subject in subjects().values():
            for ids in in_batches(sorted(subject.revisions()), BATCH):
                found = documents(subject, ids)
                db.session.rollback()
                new.put(found)
                words.update(words_in(found))
                total += len(found)
                progress(len(ids))
    write(words)
    _catch_up(target)
    return total


def switch(name: str, progress: Progress = lambda done: None) -> int:
    """Build the index of another engine, then have every process use it. The one in use answers until then."""
    target = other_engine(name)
    try:
        total = rebuild(progress, target)
        use(name)
        # Until they notice, others still write to the index they know.
        time.sleep(SETTLING_SECONDS)
        _catch_up(target)
    finally:
        target.close()
    return total


def heal() -> None:
    """Scheduled every minute: an index that is missing, damaged or of an older form is built anew."""
    if engine().needs_rebuild():
        log.info("the index is rebuilt")
        rebuild()


def size() -> int:
    """How many rows an index of everything holds, for progress bars."""
    return sum(len(subject.revisions()) for subject in subjects().values())


def _catch_up(target: Engine) -> None:
    held, wanted = target.versions(), _wanted()
    late = [name for name, revision in wanted.items() if held.get(name) != revision]
    for batch in _by_subject(late):
        target.put(batch)
    target.remove([name for name in held if name not in wanted])


def _wanted() -> Mapping[str, int]:
    rows = {
        key(subject.name, row_id): version(revision)
        for subject in subjects().values()
        for row_id, revision in subject.revisions().items()
    }
    db.session.rollback()
    return rows


def _touched(messages: Sequence[Message]) -> dict[str, set[int]]:
    touched: dict[str, set[int]] = defaultdict(set)
    for message in messages:
        if message.event in (AudienceChanged.name, GroupMoved.name):
            for subject in subjects().values():
                touched[subject.name].update(subject.in_group(message.payload["group_id"]))
        elif message.payload["subject"] in subjects():
            touched[message.payload["subject"]].add(message.payload["id"])
    return touched


def _write(touched: Mapping[str, set[int]]) -> None:
    found: list[Document] = []
    for name, ids in touched.items():
        for batch in in_batches(sorted(ids), BATCH):
            found += documents(subjects()[name], batch)
    db.session.rollback()
    present = {document.key for document in found}
    gone = [key(name, row_id) for name, ids in touched.items() for row_id in ids if key(name, row_id) not in present]
    if gone:
        engine().remove(gone)
    if found:
        engine().put(found)


def _by_subject(names: Iterable[str]) -> Iterable[list[Document]]:
    rows: dict[str, list[int]] = defaultdict(list)
    for name in names:
        subject, row_id = split(name)
        rows[subject].append(row_id)
    for subject, ids in rows.items():
        for batch in in_batches(sorted(ids), BATCH):
            found = documents(_subject(subject), batch)
            db.session.rollback()
            if found:
                yield found


def _subject(name: str) -> Subject:
    return subjects()[name]
