"""Keeping a guide of an archive with its past. Inside a transaction; nothing here commits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from network.attachments.actions import attach
from network.attachments.pictures import Stored
from network.audit.actions import record
from network.core.clock import now
from network.core.db import db
from network.core.events import publish
from network.library.actions import rows
from network.library.actions.drafting import create_draft
from network.library.actions.importing import import_source
from network.library.carried.models import CarriedGuide
from network.library.content import Content, Source
from network.library.events import GUIDE, GuideImported
from network.library.files.actions import CarriedFile, carry_files
from network.library.importing.own_guide import OwnGuide, OwnVersion
from network.library.models import Guide, GuideVersion, ImportSource
from network.subjects.viewer import Viewer

UNSAID = "the licence of its source"


@dataclass(frozen=True)
class Ready:
    """A guide of an archive, laid out and about to be kept.

    `versions` are those to add, each with its body and HTML.
    """

    own: OwnGuide
    slug: str
    content: Content
    versions: Sequence[tuple[OwnVersion, str, str]]
    pictures: Sequence[Stored]
    files: Sequence[CarriedFile]
    unknown_topics: Sequence[tuple[str, str]]
    guide_id: int | None = None


def keep(*, viewer: Viewer, ready: Ready, network: str, address: str, published: bool, copied_from: str = "") -> Guide:
    """Bring a guide in as the importer's, or renew one that came before.

    It keeps its UUID, its dates and its versions; whoever wrote them is a name. Without `published` it is a draft,
    whose versions are there once it is published. `copied_from` says where the importer has it from: then it is a
    copy with a UUID of its own, and what the archive says of its source holds for the importer alone.
    """
    if ready.guide_id is None:
        guide = _made(viewer, ready, network, address, copied_from)
    else:
        guide = rows.guide_to_change(ready.guide_id)
    own = ready.own
    rows.set_content(guide, ready.content)
    guide.source_digest = own.digest
    guide.check_months, guide.check_due = own.check_months, own.check_due
    guide.updated_at = guide.imported_at = past(own.updated)
    for version, body, html in ready.versions:
        _add_version(guide, version, body, html)
    if guide.state == "published" or (published and own.state == "published"):
        guide.state, guide.source_version = "published", guide.version
        guide.published_at = guide.published_at or past(own.published or own.updated)
        guide.checked_at = past(own.checked) if own.checked else None
        rows.set_check_state(guide)
        publish(GuideImported(GUIDE, guide.id))
    guide.revision += 1
    for stored in ready.pictures:
        attach(stored, subject=GUIDE, subject_id=guide.id, uploaded_by=viewer.person_id)
    carry_files(guide, ready.files)
    _remember(guide, ready, network, address)
    record("guide.restore", actor_id=viewer.person_id, subject=GUIDE, subject_id=guide.id)
    return guide


def source_of(own: OwnGuide, network: str, address: str) -> tuple[str, str, str, str]:
    """Name, address, licence and path of where it was first published: by its source, else in the other network."""
    name, place, licence, path = own.source or (network, address, UNSAID, "")
    return name, place, licence or UNSAID, path or str(own.entry.uuid)


def past(moment: datetime) -> datetime:
    """The moment, or now: nothing that comes in happened later."""
    return min(moment, now())


def _made(viewer: Viewer, ready: Ready, network: str, address: str, copied_from: str) -> Guide:
    own = ready.own
    name, place, licence, path = source_of(own, network, address)
    by = f"person:{viewer.person_id}" if copied_from else ""
    # What is known of a source stays: an archive may not give other guides another credit.
    known = select(ImportSource.id).where(ImportSource.name == name, ImportSource.named_by == by)
    source_id = db.session.scalar(known)
    source_id = source_id or import_source(name=name, address=place, licence=licence, named_by=by).id
    source = Source(source_id, copied_from[:500] or path, own.digest)
    guide = create_draft(viewer=viewer, content=ready.content, source=source, at=past(own.published or own.updated))
    guide.uuid, guide.slug = guide.uuid if copied_from else own.entry.uuid, ready.slug or None
    guide.organisation_id = None  # It is not the importer's organisation that wrote it.
    return guide


def _add_version(guide: Guide, version: OwnVersion, body: str, html: str) -> None:
    guide.version = version.number
    db.session.add(
        GuideVersion(
            guide_id=guide.id,
            number=version.number,
            title=version.title,
            summary=version.summary,
            kind=version.kind,
            body=body,
            html=html,
            note=version.note,
            author_id=None,
            created_at=past(version.at),
        )
    )


def _remember(guide: Guide, ready: Ready, network: str, address: str) -> None:
    own = ready.own
    facts: dict[str, Any] = {
        "authors": [list(pair) for pair in own.authors],
        "owner": own.owner,
        "organisation": own.organisation,
        "checked_by": own.checked_by,
        "history": {str(version.number): version.author for version in own.versions},
        "suggested": {str(version.number): version.suggested_by for version in own.versions if version.suggested_by},
        "files": {f"{file.number}/{state.number}": state.author for file in own.files for state in file.versions},
        "topics": [list(pair) for pair in ready.unknown_topics],
    }
    db.session.merge(
        CarriedGuide(
            guide_id=guide.id,
            network=network,
            address=address,
            facts=facts,
            has_source=own.source is not None,
            versions=own.versions[-1].number if own.versions else 0,
        )
    )


def point(followers: Iterable[tuple[UUID, str, UUID]]) -> None:
    """Set what leads from one guide to another: (UUID, "superseded_by_id" or "adapted_from_id", UUID of the other).

    What would lead in a circle, or to a guide that is not here, is left out.
    """
    for uuid, column, other in followers:
        target = db.session.scalar(select(Guide.id).where(Guide.uuid == other, Guide.state == "published"))
        own = db.session.scalar(select(Guide).where(Guide.uuid == uuid))
        if target is None or own is None or getattr(own, column) == target or _leads_to(target, own.id, column):
            continue
        setattr(own, column, target)
        own.revision += 1
        db.session.flush()  # The next may lead on from here.
        if own.state == "published":
            publish(GuideImported(GUIDE, own.id))  # The index followed when the guide came, before this was known.


def _leads_to(start: int, end: int, column: str) -> bool:
    at: int | None = start
    for _ in range(50):
        if at is None:
            return False
        if at == end:
            return True
        at = db.session.scalar(select(getattr(Guide, column)).where(Guide.id == at))
    return True
