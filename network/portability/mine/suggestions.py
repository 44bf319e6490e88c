"""The changes to guides that a person proposed, each as a Markdown file with reason and outcome."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, select

from network.core.db import db
from network.library.models import Guide, GuideVersion
from network.library.queries.visible import visible_to
from network.library.suggestions.models import HIDDEN, Suggestion
from network.library.wording import Words
from network.portability.mine.places import GUIDE_COLUMNS, guide_place, known
from network.portability.mine.wording import NOTHING, taken
from network.portability.texts import Text, filled, front_matter, time_of
from network.subjects.viewer import Viewer

BATCH = 20


class Proposed(NamedTuple):
    """A suggestion for the archive, and how the list of all of them names it."""

    text: Text
    guide: str
    number: int | None
    at: datetime


def my_suggestions(viewer: Viewer) -> list[int]:
    """All that the viewer proposed or began to."""
    query = select(Suggestion.id).where(Suggestion.author_id == viewer.person_id).order_by(Suggestion.id)
    return list(db.session.scalars(query))


def suggestions(viewer: Viewer, ids: list[int]) -> Iterator[Proposed]:
    """These suggestions, some at a time."""
    for start in range(0, len(ids), BATCH):
        rows = db.session.execute(_query(viewer).where(Suggestion.id.in_(ids[start : start + BATCH]))).all()
        db.session.rollback()
        yield from map(_proposed, rows)


def _query(viewer: Viewer) -> Any:
    return (
        select(
            *(Suggestion.uuid, Suggestion.number, Suggestion.state, Suggestion.section, Suggestion.base_version),
            *(Suggestion.title, Suggestion.summary, Suggestion.body, Suggestion.why),
            *(Suggestion.created_at, Suggestion.updated_at, Suggestion.sent_at),
            *(Suggestion.answered_at, Suggestion.answer, Suggestion.accepted_version, Suggestion.partly),
            GuideVersion.title.label("base_title"),
            *(GuideVersion.summary.label("base_summary"), GuideVersion.body.label("base_body")),
            *GUIDE_COLUMNS,
            known(viewer).label("guide_known"),
            visible_to(viewer).label("reads"),
        )
        .join(Guide, Guide.id == Suggestion.guide_id)
        .outerjoin(
            GuideVersion, and_(GuideVersion.guide_id == Guide.id, GuideVersion.number == Suggestion.base_version)
        )
        .where(Suggestion.author_id == viewer.person_id)
        .order_by(Suggestion.id)
    )


def _proposed(row: Any) -> Proposed:
    place = guide_place(row, "suggestions")
    words, left_out = _words(row)
    fields = {
        "uuid": str(row.uuid),
        **place.fields,
        "number": row.number,
        "state": row.state,
        "section": row.section if row.reads else None,
        "title": words.title or None,
        "summary": words.summary or None,
        "why": None if row.state == HIDDEN else row.why,
        "based_on_version": row.base_version,
        "begun": time_of(row.created_at),
        "sent": time_of(row.sent_at),
        "changed": time_of(row.updated_at),
        "outcome": _outcome(row),
        "text": left_out,
    }
    name = row.number if row.number is not None else "draft"
    text = Text(f"{place.folder}/{name}.md", front_matter(filled(fields), words.body), row.updated_at)
    return Proposed(text, place.name, row.number, row.sent_at or row.updated_at)


def _words(row: Any) -> tuple[Words, str | None]:
    """What of it its writer takes along, and what there is to say of the rest."""
    if row.state == HIDDEN:
        return NOTHING, "left out: it was hidden"
    proposed = Words(row.title, row.summary, row.body)
    base = None if row.base_body is None else Words(row.base_title, row.base_summary, row.base_body)
    return taken(proposed, base, reads=row.reads, known=row.guide_known)


def _outcome(row: Any) -> dict[str, Any]:
    """The answer is in somebody else's words."""
    outcome = {
        "on": time_of(row.answered_at),
        "answer": row.answer if row.guide_known else None,
        "version": row.accepted_version,
        "only_partly": row.partly or None,
    }
    return filled(outcome)
