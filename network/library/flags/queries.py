"""What was said of a guide, and answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import aliased

from network.core.db import db
from network.library.flags.models import ANSWERS, STILL_RIGHT, GuideFlag
from network.library.models import Guide
from network.people.models import Person
from network.subjects.viewer import Viewer
from network.subjects.visibility import in_readable_group

NO_WORDS = "Whoever said this has left and took their words with them."
_Flagger, _Answerer = aliased(Person), aliased(Person)


class Flag(NamedTuple):
    """A flag as the guide's readers see it; names are empty for those who have left."""

    id: int
    guide_id: int
    person_id: int | None
    who: str
    reason: str
    from_check: bool
    at: datetime
    answer: str
    answer_text: str
    answered_by: str
    answered_at: datetime | None

    @property
    def outcome(self) -> str:
        """What became of it, in words."""
        right_again = self.from_check and self.answer == STILL_RIGHT and not self.answer_text
        return "Found right again, without a change" if right_again else ANSWERS[self.answer]


_FLAGS = (
    select(
        GuideFlag.id,
        GuideFlag.guide_id,
        GuideFlag.person_id,
        _Flagger.name,
        GuideFlag.reason,
        GuideFlag.from_check,
        GuideFlag.at,
        GuideFlag.answer,
        GuideFlag.answer_text,
        _Answerer.name,
        GuideFlag.answered_at,
    )
    .outerjoin(_Flagger, _Flagger.id == GuideFlag.person_id)
    .outerjoin(_Answerer, _Answerer.id == GuideFlag.answered_by)
)


def open_flags(guide_id: int) -> list[Flag]:
    """What waits for an answer, the oldest first."""
    return _flags(_FLAGS.where(GuideFlag.guide_id == guide_id, GuideFlag.answer == "").order_by(GuideFlag.id))


def answered_flags(guide_id: int, limit: int) -> list[Flag]:
    """What was answered, the newest answer first."""
    answered = _FLAGS.where(GuideFlag.guide_id == guide_id, GuideFlag.answer != "")
    return _flags(answered.order_by(GuideFlag.answered_at.desc(), GuideFlag.id.desc()).limit(limit))


def flag_of(guide_id: int, flag_id: int) -> Flag | None:
    """One that was said of this guide."""
    found = _flags(_FLAGS.where(GuideFlag.guide_id == guide_id, GuideFlag.id == flag_id))
    return found[0] if found else None


class Reported(NamedTuple):
    """What somebody said of a guide, with the guide's title, and its address while it can be read."""

    title: str
    address: str
    flag: Flag


def reported_by(viewer: Viewer, limit: int) -> list[Reported]:
    """What the viewer said of guides, the newest first; nothing of a closed group that they have left."""
    rows = db.session.execute(
        _FLAGS.add_columns(Guide.title, Guide.slug, Guide.state)
        .join(Guide, Guide.id == GuideFlag.guide_id)
        .where(
            GuideFlag.person_id == viewer.person_id,
            GuideFlag.from_check.is_(False),
            Guide.state != "draft",
            in_readable_group(Guide.group_id, viewer),
        )
        .order_by(GuideFlag.id.desc())
        .limit(limit)
    )
    return [
        Reported(title, f"/library/{slug}" if state == "published" else "", _flag(row))
        for *row, title, slug, state in rows
    ]


def _flags(query: object) -> list[Flag]:
    return [_flag(row) for row in db.session.execute(query)]  # type: ignore[call-overload]


def _flag(row: Sequence[Any]) -> Flag:
    return Flag._make((*row[:3], row[3] or "", row[4] or NO_WORDS, *row[5:9], row[9] or "", row[10]))
