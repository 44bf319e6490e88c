"""What follows a file of a guide: its words are read, and whoever must know is told what a scanner found."""

from __future__ import annotations

import time
from collections.abc import Sequence

from flask import current_app
from sqlalchemy import select

from network.attachments.models import READY, StoredFile
from network.attachments.words.asking import words_of
from network.attachments.words.gathering import Unreadable
from network.core.db import db
from network.core.events import publish
from network.core.outbox import Message
from network.core.storage.choosing import storage
from network.core.transaction import transaction
from network.library.events import GUIDE
from network.library.files.events import GuideFilesChanged
from network.library.files.models import WORDS_FAILED, WORDS_READ, WORDS_WAITING, GuideFile, GuideFileVersion
from network.library.files.queries import waiting_words
from network.library.models import Guide

AT_A_TIME = 50
MOST_SECONDS_A_MINUTE = 20.0
"""Spent on words by one worker, so that mails and the index do not wait behind many slow files."""


def follow_ready(messages: Sequence[Message]) -> None:
    """Outbox consumer of files that can be had. What would take too long together is left to the schedule."""
    for message in messages:
        if message.payload["subject"] == GUIDE:
            _read_in_time(message.payload["file_id"])


def read_missed() -> None:
    """Scheduled: words that nobody has read yet, whatever happened to the message."""
    missed = waiting_words(AT_A_TIME)
    db.session.rollback()
    for stored_id in missed:
        if not _read_in_time(stored_id):
            return


def _read_in_time(stored_id: int) -> bool:
    """Read the words unless this minute's time is spent; False when it is."""
    began, spent = current_app.extensions.get("library.reading", (0.0, 0.0))
    started = time.monotonic()
    if started - began > 60:
        began, spent = started, 0.0
    if spent > MOST_SECONDS_A_MINUTE:
        return False
    try:
        read_words(stored_id)
    finally:
        current_app.extensions["library.reading"] = (began, spent + time.monotonic() - started)
    return True


def read_words(stored_id: int) -> None:
    """Read the words of one stored file, if it is one of a guide's and they wait. Raises StoreAway."""
    row = db.session.execute(
        select(StoredFile.name, StoredFile.media_type)
        .join(GuideFileVersion, GuideFileVersion.stored_id == StoredFile.id)
        .where(StoredFile.id == stored_id, StoredFile.state == READY, GuideFileVersion.words_state == WORDS_WAITING)
    ).one_or_none()
    db.session.rollback()
    if row is None:
        return
    data = storage().read(row.name)
    text, state, fault = "", WORDS_READ, ""
    try:
        if data is None:
            raise Unreadable("it is no longer in the storage")
        text = words_of(data, row.media_type)
    except Unreadable as unreadable:
        state, fault = WORDS_FAILED, str(unreadable)[:100]
    with transaction():
        _keep(stored_id, text, state, fault)


def _keep(stored_id: int, text: str, state: str, fault: str) -> None:
    version = db.session.scalar(select(GuideFileVersion).where(GuideFileVersion.stored_id == stored_id))
    if version is None or version.words_state != WORDS_WAITING:
        return
    version.text, version.words_state, version.fault = text, state, fault
    guide_id = db.session.scalars(select(GuideFile.guide_id).where(GuideFile.id == version.file_id)).one()
    guide = db.session.get_one(Guide, guide_id, with_for_update=True, populate_existing=True)
    if guide.state == "published":
        guide.revision += 1
        publish(GuideFilesChanged(GUIDE, guide_id))
