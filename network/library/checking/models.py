"""What is kept of the care for guides: checks, turns of their fate, reminders, and owners who are gone."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from network.core.clock import now
from network.core.db import Base

TURNS = ("withdrawn", "restored", "inherited", "taken-over")
LONGEST_TEXT = 300


class GuideCheck(Base):
    """Somebody read the whole guide and answered both questions; `version` is the one they read.

    Only two times yes is a check that moves the dates: `next_due` is the day that it set, None after a no.
    """

    __tablename__ = "guide_checks"

    id: Mapped[int] = mapped_column(primary_key=True)
    guide_id: Mapped[int] = mapped_column(ForeignKey("guides.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(default=now)
    version: Mapped[int]
    facts_right: Mapped[bool]
    advice_right: Mapped[bool]
    next_due: Mapped[date | None] = mapped_column(Date)

    __table_args__ = (Index(None, "guide_id", "at"),)


class GuideTurn(Base):
    """A guide was withdrawn or put back, or somebody else answers for it now.

    `text` is the reason of a withdrawal, or the names of the day: from whom to whom. `as_administrator` says that
    it was not its owner's doing; what an administrator withdrew, only an administrator puts back.
    """

    __tablename__ = "guide_turns"

    id: Mapped[int] = mapped_column(primary_key=True)
    guide_id: Mapped[int] = mapped_column(ForeignKey("guides.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(12))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(default=now)
    text: Mapped[str] = mapped_column(String(400), default="")
    as_administrator: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (CheckConstraint(f"kind IN {TURNS}", name="kind"), Index(None, "guide_id", "at"))


class CheckReminder(Base):
    """The last time a person was reminded of a guide, and of which day: a check that moves the day begins anew."""

    __tablename__ = "check_reminders"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    guide_id: Mapped[int] = mapped_column(ForeignKey("guides.id", ondelete="CASCADE"), primary_key=True, index=True)
    due: Mapped[date] = mapped_column(Date)
    sent_on: Mapped[date] = mapped_column(Date)


class CareMute(Base):
    """Somebody wants no more mails about the care of one guide."""

    __tablename__ = "quiet_guides"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    guide_id: Mapped[int] = mapped_column(ForeignKey("guides.id", ondelete="CASCADE"), primary_key=True, index=True)
    since: Mapped[datetime] = mapped_column(default=now)


class AbsentOwner(Base):
    """An owner of guides whose account does not stand, and since when that has been seen."""

    __tablename__ = "absent_owners"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[datetime] = mapped_column(default=now)
