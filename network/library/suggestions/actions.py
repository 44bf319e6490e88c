"""What happens to suggestions: begun, sent, withdrawn, talked about, accepted, declined, passed on.

All run inside `with transaction():`. The guide is locked before the suggestion, always, so that two owners who answer
at once stand in line: the second finds it answered.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, func, select

from network.audit.actions import record
from network.core.clock import now
from network.core.db import db
from network.core.events import publish
from network.library.actions import editing, rows
from network.library.content import Content
from network.library.models import Guide
from network.library.rules import Standing
from network.library.suggestions import rules
from network.library.suggestions.events import SUGGESTION, SuggestionAnswered, SuggestionMade
from network.library.suggestions.models import ACCEPTED, DECLINED, DRAFT, GONE, HIDDEN, OPEN, WITHDRAWN, Suggestion
from network.subjects.rules import require
from network.subjects.viewer import Viewer
from network.threads import actions as threads
from network.threads.models import Post

MOST_OPEN = 5


class TooManyOpen(Exception):
    """The viewer waits for answers to as many suggestions for this guide as one may."""


class AlreadyAnswered(Exception):
    """Somebody accepted, declined or withdrew it meanwhile."""


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

    `seen` as in `keep`. Raises TooManyOpen, DraftElsewhere, NotAllowed.
    """
    guide, _ = _suggesting(viewer, guide_id)
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
    guide, standing, suggestion = _one(guide_id, number)
    _require_open(suggestion)
    allowed = rules.may_withdraw(viewer, standing, state=suggestion.state, author_id=suggestion.author_id)
    require(allowed, "Only who made a suggestion can withdraw it.")
    suggestion.state, suggestion.answered_at = WITHDRAWN, now()
    count_waiting(guide)
    record("suggestion.withdraw", actor_id=viewer.person_id, subject=SUGGESTION, subject_id=suggestion.id)
    return suggestion


def accept(
    *,
    viewer: Viewer,
    guide_id: int,
    number: int,
    content: Content,
    base_version: int,
    taken: dict[str, bool] | None = None,
    partly: bool = False,
    answer: str = "",
    note: str = "",
    at: datetime | None = None,
) -> Guide:
    """Publish `content`, which is the guide with what was taken, as a new version that credits who suggested it.

    `base_version` is the one that stood when it was put together, `taken` as in the model.

    Raises AlreadyAnswered, EditConflict, NotAllowed.
    """
    guide, suggestion = _answering(viewer, guide_id, number)
    editing.edit(
        viewer=viewer,
        guide_id=guide_id,
        content=content,
        base_version=base_version,
        note=note or suggestion.why,
        answers=True,
        suggested_by=suggestion.author_id,
        at=at,
    )
    suggestion.accepted_version, suggestion.partly, suggestion.taken = guide.version, partly, taken
    _answer(guide, suggestion, viewer, ACCEPTED, answer, at)
    return guide


def decline(*, viewer: Viewer, guide_id: int, number: int, answer: str, at: datetime | None = None) -> Suggestion:
    """Say no, and why. Raises AlreadyAnswered, NotAllowed."""
    guide, suggestion = _answering(viewer, guide_id, number)
    require(bool(answer), "Say why you decline it.")
    _answer(guide, suggestion, viewer, DECLINED, answer, at)
    return suggestion


def hide(*, viewer: Viewer, guide_id: int, number: int, reason: str) -> Suggestion:
    """Show nothing of it any more but who hid it and why. Raises NotAllowed."""
    guide, standing, suggestion = _one(guide_id, number)
    may = rules.may_hide(viewer, standing, state=suggestion.state, author_id=suggestion.author_id)
    require(may and bool(reason), "Only who keeps order here can hide a suggestion.")
    _answer(guide, suggestion, viewer, HIDDEN, reason, None)
    return suggestion


def say(*, viewer: Viewer, guide_id: int, number: int, body: str, html: str, at: datetime | None = None) -> Post:
    """Talk about it: a post in the thread under the suggestion, which the first one starts."""
    _, standing, suggestion = _one(guide_id, number)
    readable = rules.may_read(viewer, standing, state=suggestion.state, author_id=suggestion.author_id)
    require(viewer.signed_in and readable and suggestion.state not in GONE, "You can talk about what you can read.")
    if suggestion.thread_id is None:
        suggestion.thread_id = threads.start_thread(subject=SUGGESTION, subject_id=suggestion.id).id
    return threads.add_post(
        thread_id=suggestion.thread_id,
        author_id=viewer.person_id or 0,
        organisation_id=viewer.organisation_id,
        body=body,
        html=html,
        at=at,
    )


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


def _one(guide_id: int, number: int) -> tuple[Guide, Standing, Suggestion]:
    guide = rows.guide_to_change(guide_id)
    query = select(Suggestion).where(Suggestion.guide_id == guide_id, Suggestion.number == number)
    suggestion = db.session.scalars(query.execution_options(populate_existing=True)).one()
    return guide, rows.standing(guide), suggestion


def _answering(viewer: Viewer, guide_id: int, number: int) -> tuple[Guide, Suggestion]:
    guide, standing, suggestion = _one(guide_id, number)
    may = rules.may_answer(viewer, standing, state=OPEN, stage=suggestion.stage)
    require(may, "Only its owner and its authors can answer a suggestion.")
    _require_open(suggestion)
    return guide, suggestion


def _require_open(suggestion: Suggestion) -> None:
    if suggestion.state != OPEN:
        raise AlreadyAnswered


def _answer(guide: Guide, suggestion: Suggestion, viewer: Viewer, state: str, answer: str, at: datetime | None) -> None:
    suggestion.answer, suggestion.state = answer, state
    suggestion.answered_at, suggestion.answered_by = at or now(), viewer.person_id
    count_waiting(guide)
    act = {ACCEPTED: "accept", DECLINED: "decline", HIDDEN: "hide"}[state]
    record(f"suggestion.{act}", actor_id=viewer.person_id, subject=SUGGESTION, subject_id=suggestion.id)
    publish(SuggestionAnswered(suggestion.id, guide.id))


def count_waiting(guide: Guide) -> None:
    """Keep the number of those that wait."""
    db.session.flush()
    waiting = select(func.count()).where(Suggestion.guide_id == guide.id, Suggestion.state == OPEN)
    guide.suggestion_count = db.session.scalar(waiting) or 0
