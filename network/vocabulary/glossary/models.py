"""Entries of the glossary."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from network.core.clock import now
from network.core.db import Base

LONGEST_TERM = 80
LONGEST_FOLDED = 320  # Folding can make a term longer: “æ” becomes two letters.
LONGEST_WAY = 100
MOST_WAYS = 10
LONGEST_MEANING = 300

_IN_USE = text("retired_at IS NULL")


class GlossaryEntry(Base):
    """A term, the other ways of saying it as they are written, and perhaps what it means.

    `folded` is the term as search compares it; among the entries in use it stands once. A retired entry stays for
    the record. `revision` grows with each change, so that two people who edit at once are told apart.
    """

    __tablename__ = "glossary_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    term: Mapped[str] = mapped_column(String(LONGEST_TERM))
    folded: Mapped[str] = mapped_column(String(LONGEST_FOLDED))
    ways: Mapped[list[Any]] = mapped_column(default=list)
    meaning: Mapped[str] = mapped_column(String(LONGEST_MEANING), default="")
    revision: Mapped[int] = mapped_column(default=1)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    added_at: Mapped[datetime] = mapped_column(default=now)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    changed_at: Mapped[datetime] = mapped_column(default=now)
    retired_at: Mapped[datetime | None]

    __table_args__ = (Index(None, "folded", unique=True, sqlite_where=_IN_USE, postgresql_where=_IN_USE),)
