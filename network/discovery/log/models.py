"""The log of searches, and what people said about their results.

Neither table names a person, a session or an address, and the keys of its rows are random, so that not even the order
tells who searched for two things in a row.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import BigInteger, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from network.core.db import Base

LONGEST_TEXT = 100
LONGEST_FOLDED = 400  # Folding can make a text longer: “æ” becomes two letters.
LONGEST_WORDS = 200

_Key = BigInteger().with_variant(Integer, "sqlite")


def random_key() -> int:
    """A key that tells nothing: 62 random bits."""
    return secrets.randbits(62)


class SearchLogRow(Base):
    """One search: the hour, the folded text, whether it failed, how much it found, and what was searched before it.

    `found` is the lower end of a band: 0, 1, 11 or 101 results. `before` is the folded text of the search from whose
    page this one was made.
    """

    __tablename__ = "search_log"

    id: Mapped[int] = mapped_column(_Key, primary_key=True, autoincrement=False, default=random_key)
    hour: Mapped[datetime] = mapped_column(index=True)
    text: Mapped[str] = mapped_column(String(LONGEST_FOLDED), index=True)
    failed: Mapped[bool]
    found: Mapped[int]
    before: Mapped[str | None] = mapped_column(String(LONGEST_FOLDED), index=True)


class SearchFeedback(Base):
    """An answer to “Was this useful? What were you after?”: the hour, the folded text of the search, and the words."""

    __tablename__ = "search_feedback"

    id: Mapped[int] = mapped_column(_Key, primary_key=True, autoincrement=False, default=random_key)
    hour: Mapped[datetime] = mapped_column(index=True)
    text: Mapped[str] = mapped_column(String(LONGEST_FOLDED), index=True)
    useful: Mapped[bool | None]
    said: Mapped[str] = mapped_column(String(LONGEST_WORDS), default="")
