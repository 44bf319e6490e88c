"""Hiding what somebody wrote of a use, with a reason that stands in its place. That they use it, and how it went, stay.

Other words of its writer show again: whoever keeps order judges them anew.
"""

from __future__ import annotations

from network.audit.actions import record
from network.core.clock import now
from network.core.db import db
from network.library.actions import rows
from network.library.adoptions.counting import keep_numbers
from network.library.adoptions.models import Adoption
from network.library.adoptions.rules import may_hide
from network.library.events import GUIDE
from network.subjects.rules import require
from network.subjects.viewer import Viewer

NOT_ALLOWED = "Only who keeps order here can hide what was said of a use."


def hide(*, viewer: Viewer, adoption_id: int, reason: str) -> None:
    """Show the reason in place of the text. Raises NotAllowed."""
    adoption = db.session.get_one(Adoption, adoption_id)
    guide = rows.guide_to_change(adoption.guide_id)
    db.session.refresh(adoption, with_for_update=True)
    may = may_hide(viewer, rows.standing(guide), text=adoption.text, told_by=adoption.told_by)
    require(may and bool(reason), NOT_ALLOWED)
    adoption.hidden_by, adoption.hidden_reason = viewer.person_id, reason
    adoption.updated_at = now()
    adoption.revision += 1
    record("guide.use_hide", actor_id=viewer.person_id, subject=GUIDE, subject_id=guide.id, reason=reason)
    keep_numbers(guide)


def write(adoption: Adoption, text: str) -> None:
    """Put other words in place of those that stand; the same ones stay hidden."""
    if adoption.text != text:
        adoption.text, adoption.hidden_by, adoption.hidden_reason = text, None, ""
