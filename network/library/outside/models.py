"""Addresses outside, and which guides link to them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from network.core.clock import now
from network.core.db import Base

LONGEST_ADDRESS = 1000
LONGEST_WORDS = 150
STATES = ("unchecked", "fine", "moved", "failing", "broken", "unclear", "refused")


class OutsideAddress(Base):
    """An address outside, once however many guides link to it, and what the last look at it gave.

    "failing" becomes "broken" only when it fails again on other days. "unclear": somebody is there and does not let a
    program in. "refused": an address that is not on the open internet, which is never asked. Nobody looks before
    `next_at`.
    """

    __tablename__ = "outside_addresses"

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(String(LONGEST_ADDRESS), unique=True)
    host: Mapped[str] = mapped_column(String(255))
    state: Mapped[str] = mapped_column(String(10), default="unchecked")
    moved_to: Mapped[str] = mapped_column(String(LONGEST_ADDRESS), default="")
    said: Mapped[str] = mapped_column(String(100), default="")
    failures: Mapped[int] = mapped_column(default=0)
    failing_since: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]
    next_at: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        Index(None, "next_at"),
        Index(None, "host", "checked_at"),
    )


class OutsideLink(Base):
    """A guide whose text links to an address outside, and with which words."""

    __tablename__ = "outside_links"

    guide_id: Mapped[int] = mapped_column(ForeignKey("guides.id", ondelete="CASCADE"), primary_key=True)
    address_id: Mapped[int] = mapped_column(
        ForeignKey("outside_addresses.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    words: Mapped[str] = mapped_column(String(LONGEST_WORDS), default="")
