"""Who may suggest a change, and who answers: pure predicates on the viewer, the guide and the suggestion."""

from __future__ import annotations

from network.library import rules
from network.library.rules import Standing
from network.library.suggestions.models import ACCEPTED, DRAFT, GONE, OPEN, WITH_GROUP
from network.subjects.viewer import Viewer


def may_suggest(viewer: Viewer, guide: Standing) -> bool:
    """Every member who can read it and may not edit it themselves: those who may, edit."""
    return rules.may_comment(viewer, guide) and not rules.may_check(viewer, guide)


def may_read(viewer: Viewer, guide: Standing, *, state: str, author_id: int | None) -> bool:
    """A suggestion is as visible as its guide; a draft of one is its author's."""
    if guide.state != "published" or not rules.may_read(viewer, guide):
        return False
    return state != DRAFT or _wrote(viewer, author_id)


def may_answer(viewer: Viewer, guide: Standing, *, state: str, stage: int) -> bool:
    """Whoever may edit the guide; when these stayed silent, the facilitators of its group and administrators."""
    if state != OPEN or not rules.may_comment(viewer, guide):
        return False
    passed_on = stage >= WITH_GROUP and (guide.group_id in viewer.facilitated_ids or viewer.is_administrator)
    return passed_on or rules.may_check(viewer, guide)


def may_withdraw(viewer: Viewer, guide: Standing, *, state: str, author_id: int | None) -> bool:
    """Its author, as long as nobody has answered and they can read the guide."""
    return state == OPEN and rules.may_comment(viewer, guide) and _wrote(viewer, author_id)


def may_hide(viewer: Viewer, guide: Standing, *, state: str, author_id: int | None) -> bool:
    """Whoever keeps order there, with a reason; not their own, nor what has become a version."""
    hideable = state not in (DRAFT, ACCEPTED, *GONE) and not _wrote(viewer, author_id)
    return hideable and rules.keeps_order(viewer, guide)


def _wrote(viewer: Viewer, author_id: int | None) -> bool:
    return viewer.person_id is not None and viewer.person_id == author_id
