"""What every act on a suggestion needs: the locked rows, and the number of those that wait."""

from __future__ import annotations

from sqlalchemy import func, select

from network.core.db import db
from network.library.actions import rows
from network.library.models import Guide
from network.library.rules import Standing
from network.library.suggestions.models import OPEN, Suggestion


class AlreadyAnswered(Exception):
    """Somebody accepted, declined or withdrew it meanwhile."""


def locked(guide_id: int, number: int) -> tuple[Guide, Standing, Suggestion]:
    """The guide, what the rules ask of it, and its suggestion with this number."""
    guide = rows.guide_to_change(guide_id)
    query = select(Suggestion).where(Suggestion.guide_id == guide_id, Suggestion.number == number)
    suggestion = db.session.scalars(query.execution_options(populate_existing=True)).one()
    return guide, rows.standing(guide), suggestion


def require_open(suggestion: Suggestion) -> None:
    """Raises AlreadyAnswered."""
    if suggestion.state != OPEN:
        raise AlreadyAnswered


def count_waiting(guide: Guide) -> None:
    """Keep the number of those that wait."""
    db.session.flush()
    waiting = select(func.count()).where(Suggestion.guide_id == guide.id, Suggestion.state == OPEN)
    guide.suggestion_count = db.session.scalar(waiting) or 0
