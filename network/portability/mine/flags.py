"""What a person said of guides that are out of date, with what became of it, for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from network.core.clock import now
from network.core.db import db
from network.library.flags.models import GuideFlag
from network.library.models import Guide
from network.portability.mine.places import GUIDE_COLUMNS, guide_place, known
from network.portability.texts import Text, filled, time_of
from network.subjects.viewer import Viewer


def flags(viewer: Viewer) -> Iterator[Text]:
    """One file; none when they said nothing."""
    query = (
        select(
            *(GuideFlag.reason, GuideFlag.from_check, GuideFlag.at),
            *(GuideFlag.answer, GuideFlag.answer_text, GuideFlag.answered_at),
            *GUIDE_COLUMNS,
            known(viewer).label("guide_known"),
        )
        .join(Guide, Guide.id == GuideFlag.guide_id)
        .where(GuideFlag.person_id == viewer.person_id)
        .order_by(GuideFlag.id)
    )
    found = [_told(row) for row in db.session.execute(query)]
    db.session.rollback()
    if found:
        yield Text("flags.json", json.dumps(found, ensure_ascii=False, indent=1), now())


def _told(row: Any) -> dict[str, Any]:
    """The answer is in somebody else's words."""
    told = {
        **guide_place(row, "").fields,
        "reason": row.reason,
        "said": time_of(row.at),
        "in_a_check": row.from_check or None,
        "outcome": row.answer,
        "answer": row.answer_text if row.guide_known else None,
        "answered": time_of(row.answered_at),
    }
    return filled(told)
