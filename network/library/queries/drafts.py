"""A person's own drafts and unfinished edits."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Text,
    bindparam,
    cast,
    false,
    func,
    not_,
    or_,
    select,
    true,
    union_all,
)

from network.core.db import db
from network.core.prepared import Prepared
from network.library.models import Guide, GuideCoAuthor, GuideEdit
from network.library.queries.visible import draft_readable_by, visible_to
from network.subjects.viewer import Viewer

UNTITLED = "Untitled draft"
"""What a draft without a title is called where a title must stand."""

PER_PAGE = 20

BEGINNING = 1000
"""How much of a text a list asks for; enough for its first words below an outline's."""


class DraftLine(NamedTuple):
    """A draft, or an unfinished edit of a published guide, as lists show it; `begins` is its summary, or the beginning
    of its text as it was typed.
    """

    address: str
    title: str
    kind: str
    saved_at: datetime
    is_edit: bool
    begins: str


_person: BindParameter[int] = bindparam("person_id")
_helps = select(GuideCoAuthor.guide_id).where(GuideCoAuthor.person_id == _person)


def _begins(summary: ColumnElement[str], body: ColumnElement[str]) -> ColumnElement[str]:
    return func.coalesce(func.nullif(summary, ""), func.substr(body, 1, BEGINNING), "")


_drafts = select(
    Guide.id,
    Guide.slug,
    Guide.title,
    Guide.kind,
    Guide.updated_at.label("saved_at"),
    false(),
    _begins(cast(Guide.summary, Text), cast(Guide.body, Text)),
).where(Guide.state == "draft", or_(Guide.author_id == _person, Guide.id.in_(_helps)))


def my_drafts(viewer: Viewer, limit: int = PER_PAGE, offset: int = 0) -> list[DraftLine]:
    """What the viewer has begun and not published, newest first: drafts they write or help to write, and edits.

    Of what belongs to a closed group that they have left since nothing shows, not even a title; it is kept for when
    they come back.
    """
    if viewer.person_id is None:
        return []
    lines = _unfinished(viewer.group_ids).rows(person_id=viewer.person_id, limit=limit, offset=offset)
    return [_line(*line) for line in lines]


def count_drafts(viewer: Viewer) -> int:
    """How many lines `my_drafts` has in all."""
    return int(_how_many(viewer.group_ids).scalar(person_id=viewer.person_id))


def drafts_out_of_sight(viewer: Viewer) -> int:
    """How many drafts the viewer began that belong to a closed group which they have left."""
    hidden = select(func.count()).where(
        Guide.state == "draft", Guide.author_id == viewer.person_id, not_(draft_readable_by(viewer))
    )
    return db.session.scalar(hidden) or 0


def _line(
    guide_id: int, slug: str | None, title: str, kind: str, saved_at: datetime, is_edit: object, begins: str
) -> DraftLine:
    address = f"/library/{slug}/edit" if is_edit else f"/drafts/{guide_id}"
    return DraftLine(address, title or UNTITLED, kind, saved_at, bool(is_edit), begins)


@lru_cache(500)
def _unfinished(group_ids: frozenset[int]) -> Prepared:
    lines = _all_lines(group_ids).subquery()
    newest_first = select(lines).order_by(lines.c.saved_at.desc(), lines.c.id.desc())
    return Prepared(newest_first.limit(bindparam("limit")).offset(bindparam("offset")))


@lru_cache(500)
def _how_many(group_ids: frozenset[int]) -> Prepared:
    return Prepared(select(func.count()).select_from(_all_lines(group_ids).subquery()))


def _all_lines(group_ids: frozenset[int]) -> CompoundSelect[*tuple[Any, ...]]:
    viewer = Viewer(group_ids=group_ids)
    typed = GuideEdit.fields
    begins = _begins(typed["summary"].as_string(), typed["body"].as_string())
    edits = (
        select(Guide.id, Guide.slug, Guide.title, Guide.kind, GuideEdit.saved_at, true(), begins)
        .join(Guide, Guide.id == GuideEdit.guide_id)
        .where(GuideEdit.person_id == _person, visible_to(viewer))
    )
    return union_all(_drafts.where(draft_readable_by(viewer)), edits)
