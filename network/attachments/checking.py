"""Looking at new files with the virus scanner, where there is one. Nobody gets a file before it was found clean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import structlog
from flask import current_app
from sqlalchemy import func, select, update

from network.attachments.events import FileInfected, FileReady
from network.attachments.models import INFECTED, READY, WAITING, StoredFile
from network.attachments.scanner import NoVerdict, Scanner, ScannerAway
from network.core.clock import now
from network.core.db import db
from network.core.events import publish
from network.core.outbox import Message
from network.core.storage.choosing import storage
from network.core.transaction import transaction

AT_A_TIME = 20
# What the outbox has just been told of is left to it.
_YOUNG = timedelta(minutes=1)

log = structlog.get_logger()


def scanner() -> Scanner | None:
    """The scanner of this deployment, if it has one."""
    address = current_app.config["VIRUS_SCANNER"]
    return Scanner(address) if address else None


def follow(messages: Sequence[Message]) -> None:
    """Outbox consumer of files that wait. A scanner that is away is no failure: the schedule asks again."""
    for message in messages:
        if not look_at(message.payload["file_id"]):
            return


def look_again() -> None:
    """Scheduled: some of the files that still wait, until the scanner does not answer.

    They come in any order, so that those at which it cannot look do not keep others waiting for good.
    """
    waiting = db.session.scalars(
        select(StoredFile.id)
        .where(StoredFile.state == WAITING, StoredFile.created_at < now() - _YOUNG)
        .order_by(func.random())
        .limit(AT_A_TIME)
    ).all()
    db.session.rollback()
    for file_id in waiting:
        if not look_at(file_id):
            return


def look_at(file_id: int) -> bool:
    """Have the scanner look at one file that waits; False when it does not answer. Raises StoreAway."""
    name = db.session.scalar(select(StoredFile.name).where(StoredFile.id == file_id, StoredFile.state == WAITING))
    db.session.rollback()
    if name is None:
        return True
    data = storage().read(name)
    asked = scanner()
    try:
        # Without a scanner any more, what waited for one is as good as what comes in now.
        found = asked.scan(data) if asked is not None and data is not None else ""
    except ScannerAway as error:
        log.warning("the virus scanner does not answer", error=str(error))
        return False
    except NoVerdict as error:
        log.warning("the virus scanner could not look at a file", file=file_id, error=str(error))
        return True
    if found:
        storage().set_apart(name)  # First: should this be cut short, it is asked about again and not served.
    with transaction():
        _settle(file_id, found)
    return True


def _settle(file_id: int, found: str) -> None:
    settled = (
        update(StoredFile)
        .where(StoredFile.id == file_id, StoredFile.state == WAITING)
        .values(state=INFECTED if found else READY)
        .returning(StoredFile.subject, StoredFile.subject_id)
    )
    row = db.session.execute(settled).one_or_none()
    if row is None:
        return
    if found:
        log.warning("a virus was found in a file", file=file_id, found=found)
        publish(FileInfected(file_id, row.subject, row.subject_id, found=found))
    else:
        publish(FileReady(file_id, row.subject, row.subject_id))
