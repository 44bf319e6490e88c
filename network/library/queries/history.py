"""The versions of a guide."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from network.core.db import db
from network.library.models import GuideVersion
from network.library.queries.reading import VERSION_LINES, VersionLine, version_line_of
from network.people.models import Person
from network.people.queries import credited


class VersionText(NamedTuple):
    """What a version said."""

    number: int
    title: str
    summary: str
    kind: str
    body: str
    html: str
    note: str
    created_at: datetime
    author: str
    author_handle: str


def version_lines(guide_id: int, *, limit: int, offset: int = 0) -> list[VersionLine]:
    """Versions as a list shows them, newest first."""
    query = VERSION_LINES.where(GuideVersion.guide_id == guide_id).order_by(GuideVersion.number.desc())
    return [version_line_of(*row) for row in db.session.execute(query.limit(limit).offset(offset))]


def version_line(guide_id: int, number: int) -> VersionLine:
    """One version of the list. Raises NoResultFound for one that never was."""
    query = VERSION_LINES.where(GuideVersion.guide_id == guide_id, GuideVersion.number == number)
    return version_line_of(*db.session.execute(query).one())


def version_text(guide_id: int, number: int) -> VersionText | None:
    """What a version said, None for one that never was."""
    row = db.session.execute(
        select(
            GuideVersion.number,
            GuideVersion.title,
            GuideVersion.summary,
            GuideVersion.kind,
            GuideVersion.body,
            GuideVersion.html,
            GuideVersion.note,
            GuideVersion.created_at,
            credited(),
            Person.handle,
        )
        .outerjoin(Person, Person.id == GuideVersion.author_id)
        .where(GuideVersion.guide_id == guide_id, GuideVersion.number == number)
    ).one_or_none()
    return VersionText(*row[:8], row[8] or "", row[9] or "") if row else None
