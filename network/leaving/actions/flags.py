"""What somebody who takes their words along said of guides that are out of date.

What waits for an answer is taken back. What was answered stays in the guide's record without its words, and so does
what a check found wrong: the guide still has to be mended.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from network.core.db import db
from network.library.actions import rows
from network.library.flags.actions import take_back_of
from network.library.flags.models import GuideFlag
from network.subjects.viewer import Viewer


def take_along(viewer: Viewer, at: datetime) -> None:
    """All of theirs. The flags of a guide wait for one another, so the guide is locked first."""
    mine = GuideFlag.person_id == viewer.person_id
    for guide_id in db.session.scalars(select(GuideFlag.guide_id).where(mine).distinct().order_by(GuideFlag.guide_id)):
        guide = rows.guide_to_change(guide_id)
        take_back_of(guide, viewer, at)
        guide.revision += 1
    db.session.execute(update(GuideFlag).where(mine).values(reason="").execution_options(synchronize_session=False))
