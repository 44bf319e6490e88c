"""A virus was found in a file of a guide: whoever added it, the guide's owner and the administrators are told, once."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from network.accounts.models import Account
from network.attachments.models import StoredFile
from network.audit.actions import record
from network.audit.models import AuditEntry
from network.core.db import db
from network.core.mail.message import queue_mail
from network.core.outbox import Message
from network.core.transaction import transaction
from network.core.web.addresses import absolute
from network.groups.viewers import viewer_of
from network.library.events import GUIDE
from network.library.files.models import GuideFile, GuideFileVersion
from network.library.files.rules import may_change_files
from network.library.queries.found import FoundGuide, guide_by_id
from network.library.rules import may_read
from network.people.models import Person

FILE_QUARANTINED = "guide.quarantine_file"


def follow_infected(messages: Sequence[Message]) -> None:
    """Outbox consumer. The mails and the entry in the audit log, by which a repeat is told, are kept together."""
    for message in messages:
        if message.payload["subject"] == GUIDE:
            with transaction():
                _tell(message.payload["file_id"], message.payload["found"])


def _tell(stored_id: int, found: str) -> None:
    row = db.session.execute(
        select(
            StoredFile.uploaded_by, StoredFile.subject_id, GuideFile.title, GuideFile.number, GuideFileVersion.number
        )
        .join(GuideFileVersion, GuideFileVersion.stored_id == StoredFile.id)
        .join(GuideFile, GuideFile.id == GuideFileVersion.file_id)
        .where(StoredFile.id == stored_id)
    ).one_or_none()
    guide = guide_by_id(row.subject_id) if row is not None else None
    if row is None or guide is None or _was_told(stored_id, guide.id):
        return
    uploaded_by, _, title, number, version = row
    detail = {"stored": stored_id, "file": number, "version": version, "found": found}
    record(FILE_QUARANTINED, actor_id=None, subject=GUIDE, subject_id=guide.id, **detail)
    for person_id, email, administrator in _people(uploaded_by, guide):
        viewer = viewer_of(person_id)
        if not viewer.signed_in:
            continue
        looks_after = may_change_files(viewer, guide.standing)
        if not looks_after and not administrator:
            continue
        # An administrator hears of a file in a closed group or a draft, not of what it is called.
        open_to_them = may_read(viewer, guide.standing)
        queue_mail(
            email,
            "A virus was found in a file",
            "library/infected",
            file=title if open_to_them else "",
            guide=guide.title if open_to_them else "",
            address=absolute(f"{guide.address}/files") if open_to_them else "",
            found=found,
            stored=stored_id,
            looks_after=looks_after,
        )


def _was_told(stored_id: int, guide_id: int) -> bool:
    entries = db.session.scalars(
        select(AuditEntry.detail).where(
            AuditEntry.act == FILE_QUARANTINED, AuditEntry.subject == GUIDE, AuditEntry.subject_id == guide_id
        )
    )
    return any(detail.get("stored") == stored_id for detail in entries)


def _people(uploaded_by: int | None, guide: FoundGuide) -> list[tuple[int, str, bool]]:
    """(person, address, is an administrator) of whoever added it, owns the guide or runs the service."""
    kind, owner_id = guide.standing.owner
    concerned = {uploaded_by, owner_id if kind == "person" else guide.standing.author_id} - {None}
    rows = db.session.execute(
        select(Person.id, Account.email, Account.role)
        .join(Account, Account.id == Person.account_id)
        .where((Account.role == "administrator") | Person.id.in_(concerned), Account.active.is_(True))
        .order_by(Person.id)
    )
    return [(row.id, row.email, row.role == "administrator") for row in rows]
