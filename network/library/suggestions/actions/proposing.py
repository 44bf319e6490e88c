"""Beginning, sending and taking back a suggestion."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, func, select

from network.audit.actions import record
from network.core.clock import now
from network.core.db import db
from network.core.events import publish
from network.library.actions import rows
from network.library.models import Guide
from network.library.rules import Standing
from network.library.suggestions import rules
from network.library.suggestions.actions.rows import count_waiting, locked, require_open
from network.library.suggestions.events import SUGGESTION, SuggestionMade
from network.library.suggestions.models import DRAFT, OPEN, WITHDRAWN, Suggestion
from network.subjects.rules import require
from network.subjects.viewer import Viewer

MOST_OPEN = 5


class TooManyOpen(Exception):
    """The viewer waits for answers to as many suggestions for this guide as one may."""


class OtherDraft(Exception):
    """The viewer has begun a suggestion for another part of the guide, which is not to be lost."""


class DraftElsewhere(Exception):
    """The viewer saved this draft from somewhere else after the text that now comes was begun."""

    def __init__(self, saved_at: datetime) -> None:
        super().__init__(saved_at.isoformat())
        self.saved_at = saved_at


class Proposal(NamedTuple):
    """A suggester's text: what they began from, what they would have it say, and why; `section` as in the model."""

    base_version: int
    title: str
    summary: str
    body: str
    why: str
    section: str = ""


def keep(*, viewer: Viewer, guide_id: int, proposal: Proposal, seen: str | None = None) -> Suggestion:
    """Keep the viewer's unfinished suggestion for a guide; there is one of each person.

    `seen` is when the draft that the writer began from was saved (isoformat; empty when there was none); None asks
    nothing. Raises OtherDraft, DraftElsewhere, NotAllowed, keeping nothing.
    """
    guide, _ = _suggesting(viewer, guide_id)
    draft = _draft_of(viewer, guide)
    if draft is not None and draft.section != proposal.section:
        raise OtherDraft
    _require_seen(draft, seen)
    draft = draft or _begin(viewer, guide)
    _write(draft, proposal)
    return draft


def send(
    *, viewer: Viewer, guide_id: int, proposal: Proposal, seen: str | None = None, at: datetime | None = None
) -> Suggestion:
    """Put it to whoever answers for the guide. A draft for the same part of it becomes this one, another stays.

    What waits for an answer with the same words is this one. `seen` as in `keep`. Raises TooManyOpen, DraftElsewhere,
    NotAllowed.
    """
    guide, _ = _suggesting(viewer, guide_id)
    waits = select(Suggestion).filter_by(
        guide_id=guide_id, author_id=viewer.person_id, state=OPEN, **proposal._asdict()
    )
    if (same := db.session.scalar(waits.limit(1))) is not None:
        return same
    mine = select(func.count()).where(
        Suggestion.guide_id == guide_id, Suggestion.state == OPEN, Suggestion.author_id == viewer.person_id
    )
    if (db.session.scalar(mine) or 0) >= MOST_OPEN:
        raise TooManyOpen
    draft = _draft_of(viewer, guide)
    if draft is not None and draft.section != proposal.section:
        draft = None
    _require_seen(draft, seen)
    last = db.session.scalar(select(func.max(Suggestion.number)).where(Suggestion.guide_id == guide_id))
    suggestion = draft or _begin(viewer, guide)
    suggestion.number, suggestion.state = (last or 0) + 1, OPEN
    _write(suggestion, proposal)
    suggestion.organisation_id = viewer.organisation_id
    suggestion.sent_at = suggestion.passed_at = at or now()
    count_waiting(guide)
    record("suggestion.make", actor_id=viewer.person_id, subject=SUGGESTION, subject_id=suggestion.id)
    publish(SuggestionMade(suggestion.id, guide_id))
    return suggestion


def discard(*, viewer: Viewer, guide_id: int) -> None:
    """Throw the viewer's own unfinished suggestion away; nothing of it is kept."""
    mine = (Suggestion.guide_id == guide_id, Suggestion.author_id == viewer.person_id, Suggestion.state == DRAFT)
    db.session.execute(delete(Suggestion).where(*mine))


def withdraw(*, viewer: Viewer, guide_id: int, number: int) -> Suggestion:
    """Take it back before it is answered. Raises AlreadyAnswered, NotAllowed."""
    guide, standing, suggestion = locked(guide_id, number)
    require_open(suggestion)
    allowed = rules.may_withdraw(viewer, standing, state=suggestion.state, author_id=suggestion.author_id)
    require(allowed, "Only who made a suggestion can withdraw it.")
    suggestion.state, suggestion.answered_at = WITHDRAWN, now()
    count_waiting(guide)
    record("suggestion.withdraw", actor_id=viewer.person_id, subject=SUGGESTION, subject_id=suggestion.id)
    return suggestion


def _suggesting(viewer: Viewer, guide_id: int) -> tuple[Guide, Standing]:
    guide = rows.guide_to_change(guide_id)
    standing = rows.standing(guide)
    require(rules.may_suggest(viewer, standing), "You can suggest changes to what you can read and not edit.")
    return guide, standing


def _draft_of(viewer: Viewer, guide: Guide) -> Suggestion | None:
    mine = (Suggestion.guide_id == guide.id, Suggestion.author_id == viewer.person_id, Suggestion.state == DRAFT)
    return db.session.scalars(select(Suggestion).where(*mine)).one_or_none()


def _begin(viewer: Viewer, guide: Guide) -> Suggestion:
    begun = Suggestion(guide_id=guide.id, author_id=viewer.person_id, state=DRAFT)
    begun.organisation_id = viewer.organisation_id
    return begun


def _require_seen(draft: Suggestion | None, seen: str | None) -> None:
    if draft is not None and seen is not None and draft.updated_at.isoformat() != seen:
        raise DraftElsewhere(draft.updated_at)


def _write(suggestion: Suggestion, proposal: Proposal) -> None:
    for name, value in proposal._asdict().items():
        setattr(suggestion, name, value)
    suggestion.updated_at = now()
    db.session.add(suggestion)
    db.session.flush()
