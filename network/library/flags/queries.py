"""What was said of a guide, and answered."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import aliased

from network.core.db import db
from network.library.flags.models import ANSWERS, STILL_RIGHT, GuideFlag
from network.people.models import Person

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


def _flags(query: object) -> list[Flag]:
    rows = db.session.execute(query)  # type: ignore[call-overload]
    return [Flag._make((*row[:3], row[3] or "", *row[4:9], row[9] or "", row[10])) for row in rows]
