"""Reading saved searches. Everybody reads their own only."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, func, select

from network.core.db import db
from network.discovery.saved.criteria import Criteria, stored
from network.discovery.saved.models import NONE, KnownHit, SavedSearch
from network.subjects.viewer import Viewer
from network.vocabulary.models import Topic


def told_of(person_id: int, key: str) -> bool:
    """Whether a saved search has told somebody of this, or found it when it was saved."""
    query = (
        select(KnownHit.key)
        .join(SavedSearch, SavedSearch.id == KnownHit.saved_search_id)
        .where(SavedSearch.person_id == person_id, SavedSearch.alerts != NONE, KnownHit.key == key)
    )
    return db.session.scalar(query.limit(1)) is not None


class Saved(NamedTuple):
    """A saved search as pages, alerts and feeds need it."""

    id: int
    person_id: int
    name: str
    criteria: Criteria
    alerts: str
    broad: bool
    since: datetime
    feed_secret: str
    created_at: datetime


_SAVED: Select[*tuple[Any, ...]] = select(
    SavedSearch.id,
    SavedSearch.person_id,
    SavedSearch.name,
    SavedSearch.text,
    SavedSearch.subject,
    SavedSearch.filters,
    SavedSearch.sort,
    Topic.slug,
    SavedSearch.alerts,
    SavedSearch.broad,
    SavedSearch.since,
    SavedSearch.feed_secret,
    SavedSearch.created_at,
).outerjoin(Topic, Topic.id == SavedSearch.topic_id)


def my_searches(viewer: Viewer) -> list[Saved]:
    """The viewer's, by name."""
    rows = db.session.execute(
        _SAVED.where(SavedSearch.person_id == viewer.person_id).order_by(func.lower(SavedSearch.name), SavedSearch.id)
    )
    return [_saved(row) for row in rows]


def my_search(viewer: Viewer, saved_id: int) -> Saved | None:
    """One of the viewer's; None for anybody else's."""
    row = db.session.execute(
        _SAVED.where(SavedSearch.id == saved_id, SavedSearch.person_id == viewer.person_id)
    ).one_or_none()
    return _saved(row) if row else None


def searches(*conditions: Any) -> list[Saved]:
    """Whoever's they are, for alerts and feeds."""
    return [_saved(row) for row in db.session.execute(_SAVED.where(*conditions).order_by(SavedSearch.id))]


def kept_by(person_id: int) -> int:
    """How many somebody keeps."""
    query = select(func.count()).select_from(SavedSearch).where(SavedSearch.person_id == person_id)
    return db.session.scalar(query) or 0


def followed(viewer: Viewer, topic_id: int) -> int | None:
    """The saved search by which the viewer follows a topic; None when they do not."""
    if viewer.person_id is None:
        return None
    return db.session.scalar(
        select(SavedSearch.id).where(SavedSearch.topic_id == topic_id, SavedSearch.person_id == viewer.person_id)
    )


def same_as(viewer: Viewer, criteria: Criteria) -> Saved | None:
    """The viewer's own saved search that asks the same, whatever its order is."""
    asked = (criteria.text.casefold(), criteria.subject, {name: set(v) for name, v in criteria.filters.items()})
    return next(
        (
            saved
            for saved in my_searches(viewer)
            if not saved.criteria.topic
            and asked
            == (
                saved.criteria.text.casefold(),
                saved.criteria.subject,
                {name: set(v) for name, v in saved.criteria.filters.items()},
            )
        ),
        None,
    )


def _saved(row: Row[*tuple[Any, ...]]) -> Saved:
    id_, person_id, name, text, subject, filters, sort, topic, *rest = row
    return Saved(id_, person_id, name, stored(text, subject, filters, sort, topic), *rest)
