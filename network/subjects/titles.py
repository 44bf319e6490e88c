"""Plain search in titles, for when the index is away: all words must be in the title, newest row first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute

from network.core.db import db
from network.subjects.viewer import Viewer

MOST_WORDS = 8


def by_title(
    row_id: InstrumentedAttribute[int],
    title: InstrumentedAttribute[str],
    readable: Callable[[Viewer], ColumnElement[bool]],
) -> Callable[[str, Viewer, int], Sequence[int]]:
    """The registry's `by_title` of a subject whose rows match these conditions for a viewer."""

    def find(text: str, viewer: Viewer, limit: int) -> Sequence[int]:
        words = [word for word in text.replace('"', " ").split() if not word.startswith("-")][:MOST_WORDS]
        if not words:
            return []
        holds: list[Any] = [title.icontains(word, autoescape=True) for word in words]
        query = select(row_id).where(readable(viewer), *holds).order_by(row_id.desc()).limit(limit)
        return db.session.scalars(query).all()

    return find
