"""What members searched for lately. A member who wants nothing kept has a row that says so."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from network.core.clock import now
from network.core.db import Base

MOST = 20


class RecentSearch(Base):
    """A text that somebody searched for, and when they last did. `folded` tells the same text in other letters."""

    __tablename__ = "recent_searches"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    folded: Mapped[str] = mapped_column(String(500), primary_key=True)
    text: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (Index(None, "person_id", "at"),)


class KeepsNoSearches(Base):
    """Somebody who does not want their searches kept, since when."""

    __tablename__ = "keeps_no_searches"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[datetime] = mapped_column(default=now)
