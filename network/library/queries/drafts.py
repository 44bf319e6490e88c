"""A person's own drafts and unfinished edits."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import exists, or_, select

from network.core.db import db
from network.library.models import Guide, GuideCoAuthor, GuideEdit


class DraftLine(NamedTuple):
    """A draft, or an unfinished edit of a published guide, as lists show it."""

    address: str
    title: str
    kind: str
    saved_at: datetime
    is_edit: bool


def my_drafts(person_id: int | None, limit: int = 200) -> list[DraftLine]:
    """What the person has begun and not published, newest first: drafts they write or help to write, and edits."""
    if person_id is None:
        return []
    helps = exists().where(GuideCoAuthor.guide_id == Guide.id, GuideCoAuthor.person_id == person_id)
    drafts = db.session.execute(
        select(Guide.id, Guide.title, Guide.kind, Guide.updated_at)
        .where(Guide.state == "draft", or_(Guide.author_id == person_id, helps))
        .order_by(Guide.updated_at.desc())
        .limit(limit)
    )
    edits = db.session.execute(
        select(Guide.slug, Guide.title, Guide.kind, GuideEdit.saved_at)
        .join(Guide, Guide.id == GuideEdit.guide_id)
        .where(GuideEdit.person_id == person_id, Guide.state == "published")
        .order_by(GuideEdit.saved_at.desc())
        .limit(limit)
    )
    lines = [DraftLine(f"/drafts/{id_}", title, kind, saved_at, False) for id_, title, kind, saved_at in drafts]
    lines += [DraftLine(f"/library/{slug}/edit", title, kind, saved_at, True) for slug, title, kind, saved_at in edits]
    return sorted(lines, key=lambda line: line.saved_at, reverse=True)[:limit]
