"""What waits for somebody: flagged guides, checks that are due, and guides that nobody answers for."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import (
    Integer,
    and_,
    bindparam,
    case,
    not_,
    or_,
    select,
    union,
)

from network.core.db import db
from network.core.prepared import Prepared, each
from network.library.checking.answering import somebody_answers
from network.library.checks import SOON, today
from network.library.models import Guide
from network.library.queries.lists import TRUST
from network.library.queries.visible import visible_to
from network.subjects.viewer import Viewer
from network.subjects.visibility import in_readable_group


class Asked(NamedTuple):
    """A guide that waits for somebody: flagged since, or to be checked by a day."""

    title: str
    slug: str
    due: date | None
    flagged_at: datetime | None


class Alone(NamedTuple):
    """A guide that nobody answers for."""

    title: str
    slug: str
    use_count: int
    checked_at: datetime | None
    check_due: date | None
    superseded: bool
    flagged: bool


def asked_of(viewer: Viewer, limit: int) -> list[Asked]:
    """What waits for the viewer as owner or for a group they facilitate: flagged ones, then the longest overdue.

    One in a closed group that they have left is for somebody else, and its title is not theirs to see.
    """
    rows = _asked(viewer.group_ids, viewer.facilitated_ids).rows(
        person_id=viewer.person_id, soon=today() + SOON, limit=limit
    )
    return [Asked._make(row) for row in rows]


@lru_cache(500)
def _asked(group_ids: frozenset[int], facilitated_ids: frozenset[int]) -> Prepared:
    """Kept, because putting a statement together costs more than running it."""
    waits = and_(Guide.check_due <= bindparam("soon"), Guide.superseded_by_id.is_(None))
    mine = select(Guide.id).where(Guide.owner_person_id == bindparam("person_id", type_=Integer))
    theirs = select(Guide.id).where(Guide.owner_group_id.in_(each(sorted(facilitated_ids))))
    return Prepared(
        select(Guide.title, Guide.slug, Guide.check_due, Guide.flagged_at)
        .where(
            # Two looks into indexes; one condition with OR would have to go through all guides.
            Guide.id.in_(union(mine, theirs) if facilitated_ids else mine),
            Guide.state == "published",
            or_(waits, Guide.flagged_at.is_not(None)),
            in_readable_group(Guide.group_id, Viewer(group_ids=group_ids)),
        )
        .order_by(case((Guide.flagged_at.is_(None), 1), else_=0), Guide.check_due, Guide.id)
        .limit(bindparam("limit"))
    )


def left_alone(viewer: Viewer, limit: int) -> list[Alone]:
    """Guides of organisations that nobody answers for: those of the viewer's, for administrators of all."""
    if viewer.organisation_id is None and not viewer.is_administrator:
        return []
    theirs = [] if viewer.is_administrator else [Guide.owner_organisation_id == viewer.organisation_id]
    rows = db.session.execute(
        select(Guide.title, Guide.slug, Guide.use_count, *TRUST)
        .where(Guide.owner_organisation_id.is_not(None), visible_to(viewer), not_(somebody_answers()), *theirs)
        .order_by(Guide.check_due, Guide.id)
        .limit(limit)
    )
    return [Alone._make(row) for row in rows]
