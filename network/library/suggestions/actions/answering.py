"""Accepting, declining and hiding a suggestion."""

from __future__ import annotations

from datetime import datetime

from network.audit.actions import record
from network.core.clock import now
from network.core.events import publish
from network.library.actions import editing
from network.library.content import Content
from network.library.models import Guide
from network.library.suggestions import rules
from network.library.suggestions.actions.rows import count_waiting, locked, require_open
from network.library.suggestions.events import SUGGESTION, SuggestionAnswered
from network.library.suggestions.models import ACCEPTED, DECLINED, HIDDEN, OPEN, Suggestion
from network.subjects.rules import require
from network.subjects.viewer import Viewer


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
    guide, standing, suggestion = locked(guide_id, number)
    may = rules.may_hide(viewer, standing, state=suggestion.state, author_id=suggestion.author_id)
    require(may and bool(reason), "Only who keeps order here can hide a suggestion.")
    _answer(guide, suggestion, viewer, HIDDEN, reason, None)
    return suggestion


def _answering(viewer: Viewer, guide_id: int, number: int) -> tuple[Guide, Suggestion]:
    guide, standing, suggestion = locked(guide_id, number)
    may = rules.may_answer(viewer, standing, state=OPEN, stage=suggestion.stage)
    require(may, "Only its owner and its authors can answer a suggestion.")
    require_open(suggestion)
    return guide, suggestion


def _answer(guide: Guide, suggestion: Suggestion, viewer: Viewer, state: str, answer: str, at: datetime | None) -> None:
    suggestion.answer, suggestion.state = answer, state
    suggestion.answered_at, suggestion.answered_by = at or now(), viewer.person_id
    count_waiting(guide)
    act = {ACCEPTED: "accept", DECLINED: "decline", HIDDEN: "hide"}[state]
    record(f"suggestion.{act}", actor_id=viewer.person_id, subject=SUGGESTION, subject_id=suggestion.id)
    publish(SuggestionAnswered(suggestion.id, guide.id))
