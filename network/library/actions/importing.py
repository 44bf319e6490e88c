"""Guides that were written elsewhere: each is known by its source and its path there, and comes in once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from network.attachments.actions import attach
from network.attachments.pictures import Stored
from network.audit.actions import record
from network.core.clock import now
from network.core.db import db
from network.core.events import publish
from network.library import rules
from network.library.actions import rows
from network.library.actions.drafting import create_draft
from network.library.actions.publishing import publish_draft
from network.library.content import Content, Source
from network.library.events import GUIDE, GuideImported
from network.library.models import Guide, ImportSource
from network.subjects.rules import require
from network.subjects.viewer import Viewer


@dataclass(frozen=True)
class Known:
    """A guide of a source that is here already, as far as the next import must know it."""

    id: int
    slug: str | None
    state: str
    digest: str
    edited_here: bool
    author_id: int | None = None


def import_source(*, name: str, address: str, licence: str, named_by: str = "") -> ImportSource:
    """The source of that name, made when it is new; a later import may correct its address and licence.

    `named_by` keeps those apart that members name, each for their own imports.
    """
    row = db.session.scalar(select(ImportSource).where(ImportSource.name == name, ImportSource.named_by == named_by))
    if row is None:
        row = ImportSource(name=name, address=address, licence=licence, named_by=named_by)
        db.session.add(row)
    row.address, row.licence = address or row.address, licence or row.licence
    db.session.flush()
    return row


def known_guides(source_id: int) -> dict[str, Known]:
    """The guides of a source by their path there."""
    found = db.session.execute(
        select(
            Guide.id,
            Guide.slug,
            Guide.state,
            Guide.source_digest,
            Guide.source_path,
            Guide.version,
            Guide.source_version,
            Guide.updated_at,
            Guide.imported_at,
            Guide.author_id,
        ).where(Guide.source_id == source_id)
    )
    return {
        row.source_path: Known(row.id, row.slug, row.state, row.source_digest, _edited(row), row.author_id)
        for row in found
    }


def import_guide(
    *,
    viewer: Viewer,
    content: Content,
    source: Source,
    slug: str,
    published: bool,
    pictures: Iterable[Stored] = (),
    note: str = "",
    at: datetime | None = None,
) -> Guide:
    """Bring one in that is new here: a draft of the importer with its address kept for it, or published."""
    moment = at or now()
    guide = create_draft(viewer=viewer, content=content, source=source, at=moment)
    guide.slug, guide.imported_at = slug, moment
    _attach(guide, viewer, pictures)
    if published:
        publish_draft(viewer=viewer, guide_id=guide.id, note=note, elsewhere=True, at=moment, event=GuideImported)
        guide.imported_at = guide.updated_at
    return guide


def renew_guide(
    *,
    viewer: Viewer,
    guide_id: int,
    content: Content,
    digest: str,
    pictures: Iterable[Stored] = (),
    note: str = "",
    at: datetime | None = None,
) -> bool:
    """Put the source's newer words in. False, changing nothing, when somebody edited the guide here meanwhile.

    Raises NotAllowed for whoever may not edit it: a renewed guide is published as it comes.
    """
    moment = at or now()
    guide = rows.guide_to_change(guide_id)
    require(rules.may_edit(viewer, rows.standing(guide)), "Somebody else brought this guide in.")
    if guide.state == "withdrawn" or _edited(guide):
        return False
    rows.set_content(guide, content)
    _attach(guide, viewer, pictures)
    guide.source_digest, guide.updated_at, guide.imported_at = digest, moment, moment
    guide.revision += 1
    if guide.state == "published":
        rows.add_version(guide, author_id=viewer.person_id, note=note, at=moment)
        guide.source_version = guide.version
        publish(GuideImported(GUIDE, guide.id))
    record("guide.renew", actor_id=viewer.person_id, subject=GUIDE, subject_id=guide.id)
    return True


def publish_imported(*, viewer: Viewer, guide_id: int, note: str, at: datetime | None = None) -> bool:
    """Publish a draft of an earlier import. False, changing nothing, when it was edited or published meanwhile."""
    guide = rows.guide_to_change(guide_id)
    if guide.state != "draft" or _edited(guide):
        return False
    publish_draft(viewer=viewer, guide_id=guide_id, note=note, elsewhere=True, at=at, event=GuideImported)
    guide.imported_at = guide.updated_at
    return True


def _edited(row: Guide | Row[*tuple[Any, ...]]) -> bool:
    """Was a word changed here since the import? A published guide has newer versions then, a draft a later date."""
    if row.state == "draft":
        return bool(row.updated_at != row.imported_at)
    return bool(row.version != row.source_version)


def _attach(guide: Guide, viewer: Viewer, pictures: Iterable[Stored]) -> None:
    for stored in pictures:
        attach(stored, subject=GUIDE, subject_id=guide.id, uploaded_by=viewer.person_id)
