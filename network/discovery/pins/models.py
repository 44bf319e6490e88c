"""Decisions of moderators about one result of one search."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from network.core.clock import now
from network.core.db import Base

LONGEST_PHRASE = 100
LONGEST_FOLDED = 400  # Folding can make a phrase longer: “æ” becomes two letters.
LONGEST_REASON = 300
FIRST, WITHOUT = "first", "without"
KINDS = (FIRST, WITHOUT)


class SearchPin(Base):
    """A result (`key`, “guide:12”) that a search for `folded` shows first, or is left without, until `ends_at`.

    The search is the whole of what is typed, however it is spelt. Results on top stand by `position`. Whoever ends
    it early is kept with the time.
    """

    __tablename__ = "search_pins"

    id: Mapped[int] = mapped_column(primary_key=True)
    phrase: Mapped[str] = mapped_column(String(LONGEST_PHRASE))
    folded: Mapped[str] = mapped_column(String(LONGEST_FOLDED))
    key: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(10))
    position: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON))
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    made_at: Mapped[datetime] = mapped_column(default=now)
    ends_at: Mapped[datetime] = mapped_column(index=True)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    ended_at: Mapped[datetime | None]

    __table_args__ = (CheckConstraint(f"kind IN {KINDS}", name="kind"),)
