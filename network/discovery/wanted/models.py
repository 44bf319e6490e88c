"""Entries of the board, who wants them, who writes them, and what was written."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from network.core.clock import now
from network.core.db import Base

LONGEST_WORDS = 150
LONGEST_REASON = 300

_STANDS = "hidden_at IS NULL AND merged_into_id IS NULL"


class WantedEntry(Base):
    """Something that people want, in words that one of them confirmed to be public.

    `folded` tells the same words in other letters. A moderator may hide an entry, with a reason that shows in its
    place, or merge it into another, to which its address then leads.
    """

    __tablename__ = "wanted_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(String(LONGEST_WORDS))
    folded: Mapped[str] = mapped_column(String(LONGEST_WORDS))
    created_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("wanted_entries.id", ondelete="SET NULL"), index=True)
    hidden_at: Mapped[datetime | None]
    hidden_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    hidden_reason: Mapped[str] = mapped_column(String(LONGEST_REASON), default="")

    __table_args__ = (
        CheckConstraint("hidden_at IS NULL OR hidden_reason != ''", name="hidden_reason"),
        # The same words stand on the board once.
        Index(None, "folded", unique=True, sqlite_where=text(_STANDS), postgresql_where=text(_STANDS)),
    )


class Want(Base):
    """Somebody wants it, as a member of the organisation of that day. They are told of each guide once."""

    __tablename__ = "wants"

    entry_id: Mapped[int] = mapped_column(ForeignKey("wanted_entries.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(default=now)
    told_guide_id: Mapped[int | None] = mapped_column(ForeignKey("guides.id", ondelete="SET NULL"))


class WantedGuide(Base):
    """A guide that somebody began for an entry, from its draft on.

    A refusal says that it is not what was wanted: the entry is open again. Whether the guide can be read is asked of
    the guide each time, never of this row.
    """

    __tablename__ = "wanted_guides"

    entry_id: Mapped[int] = mapped_column(ForeignKey("wanted_entries.id", ondelete="CASCADE"), primary_key=True)
    guide_id: Mapped[int] = mapped_column(ForeignKey("guides.id", ondelete="CASCADE"), primary_key=True, index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    begun_at: Mapped[datetime] = mapped_column(default=now)
    refused_at: Mapped[datetime | None]
    refused_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
