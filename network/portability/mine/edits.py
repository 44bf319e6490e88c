"""The edits of published guides that a person has not finished, each as a Markdown file. Only they see them here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import and_, select

from network.core.db import db
from network.library.models import Guide, GuideEdit, GuideVersion
from network.library.queries.visible import visible_to
from network.library.wording import Words
from network.portability.mine.places import GUIDE_COLUMNS, guide_place, known
from network.portability.mine.wording import taken
from network.portability.texts import Text, filled, front_matter, time_of
from network.subjects.viewer import Viewer


def edits(viewer: Viewer) -> Iterator[Text]:
    """One file for each; few people have more than one."""
    query = (
        select(
            *(GuideEdit.base_version, GuideEdit.fields, GuideEdit.saved_at),
            GuideVersion.title.label("base_title"),
            *(GuideVersion.summary.label("base_summary"), GuideVersion.body.label("base_body")),
            *GUIDE_COLUMNS,
            known(viewer).label("guide_known"),
            visible_to(viewer).label("reads"),
        )
        .join(Guide, Guide.id == GuideEdit.guide_id)
        .outerjoin(GuideVersion, and_(GuideVersion.guide_id == Guide.id, GuideVersion.number == GuideEdit.base_version))
        .where(GuideEdit.person_id == viewer.person_id)
        .order_by(GuideEdit.guide_id)
    )
    rows = db.session.execute(query).all()
    db.session.rollback()
    yield from map(_told, rows)


def _told(row: Any) -> Text:
    place = guide_place(row, "edits")
    typed = Words(*(str(row.fields.get(name) or "") for name in ("title", "summary", "body")))
    base = None if row.base_body is None else Words(row.base_title, row.base_summary, row.base_body)
    words, left_out = taken(typed, base, reads=row.reads, known=row.guide_known)
    fields = {
        **place.fields,
        "title": words.title,
        "summary": words.summary,
        "note": row.fields.get("note"),
        "reply": row.fields.get("answer"),
        "based_on_version": row.base_version,
        "saved": time_of(row.saved_at),
        "text": left_out,
    }
    return Text(f"{place.folder}.md", front_matter(filled(fields), words.body), row.saved_at)
