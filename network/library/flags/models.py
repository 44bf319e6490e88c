"""Flags on guides and what was answered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from network.core.clock import now
from network.core.db import Base

LONGEST_TEXT = 300
MENDED, STILL_RIGHT, TAKEN_BACK, WITHDRAWN = "mended", "still-right", "taken-back", "withdrawn"
ANSWERS = {
    "": "Waits for an answer",
    MENDED: "Mended",
    STILL_RIGHT: "Still right",
    TAKEN_BACK: "Taken back",
    WITHDRAWN: "The guide was withdrawn",
}


class GuideFlag(Base):
    """Somebody says what of a guide is no longer right. An empty `answer` means that it waits for one.

    `from_check` marks what one of those who answer for the guide found when they checked it: it waits for nobody
    else. The two `told_at` are set with the mails themselves, so that a mail is never sent twice.
    """

    __tablename__ = "guide_flags"

    id: Mapped[int] = mapped_column(primary_key=True)
    guide_id: Mapped[int] = mapped_column(ForeignKey("guides.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    reason: Mapped[str] = mapped_column(String(LONGEST_TEXT))
    from_check: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(default=now)
    told_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(String(12), default="")
    answer_text: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    answered_at: Mapped[datetime | None]
    answer_told_at: Mapped[datetime | None]

    __table_args__ = (CheckConstraint(f"answer IN {tuple(ANSWERS)}", name="answer"), Index(None, "guide_id", "answer"))
