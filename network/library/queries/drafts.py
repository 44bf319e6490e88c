"""A person's own drafts and unfinished edits."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import BindParameter, bindparam, false, or_, select, true, union_all

from network.core.prepared import Prepared
from network.library.models import Guide, GuideCoAuthor, GuideEdit


class DraftLine(NamedTuple):
    """A draft, or an unfinished edit of a published guide, as lists show it."""

    address: str
    title: str
    kind: str
    saved_at: datetime
    is_edit: bool


_person: BindParameter[int] = bindparam("person_id")
_helps = select(GuideCoAuthor.guide_id).where(GuideCoAuthor.person_id == _person)
_drafts = select(Guide.id, Guide.slug, Guide.title, Guide.kind, Guide.updated_at.label("saved_at"), false()).where(
    Guide.state == "draft", or_(Guide.author_id == _person, Guide.id.in_(_helps))
)
_edits = (
    select(Guide.id, Guide.slug, Guide.title, Guide.kind, GuideEdit.saved_at, true())
    .join(Guide, Guide.id == GuideEdit.guide_id)
    .where(GuideEdit.person_id == _person, Guide.state == "published")
)
_lines = union_all(_drafts, _edits).subquery()
_UNFINISHED = Prepared(select(_lines).order_by(_lines.c.saved_at.desc()).limit(bindparam("limit")))


def my_drafts(person_id: int | None, limit: int = 200) -> list[DraftLine]:
    """What the person has begun and not published, newest first: drafts they write or help to write, and edits."""
    if person_id is None:
        return []
    lines = _UNFINISHED.rows(person_id=person_id, limit=limit)
    return [
        DraftLine(f"/library/{slug}/edit" if is_edit else f"/drafts/{id_}", title, kind, saved_at, bool(is_edit))
        for id_, slug, title, kind, saved_at, is_edit in lines
    ]
