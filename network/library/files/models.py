"""Files of guides and their versions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.core.clock import now
from network.core.db import Base

MOST_FILES = 20
LONGEST_TITLE = 150
LONGEST_DESCRIPTION = 300

WORDS_WAITING, WORDS_READ, WORDS_NONE, WORDS_FAILED = "waiting", "read", "none", "failed"
WORDS_STATES = (WORDS_WAITING, WORDS_READ, WORDS_NONE, WORDS_FAILED)


class GuideFile(Base):
    """A file of a guide, in all its versions. `version` is the newest; `number` is the guide's own and never reused.

    A removed one keeps its row, so that nobody meets another file under its number; its versions are gone.
    """

    __tablename__ = "guide_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    guide_id: Mapped[int] = mapped_column(ForeignKey("guides.id", ondelete="CASCADE"))
    number: Mapped[int]
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    description: Mapped[str] = mapped_column(String(LONGEST_DESCRIPTION), default="")
    version: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=now)
    removed_at: Mapped[datetime | None]

    __table_args__ = (Index(None, "guide_id", "number", unique=True),)


class GuideFileVersion(Base):
    """One state of a file: which stored file it is, and its words, which are read by the worker.

    `fault` says why they could not be read; it completes “because …”.
    """

    __tablename__ = "guide_file_versions"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("guide_files.id", ondelete="CASCADE"))
    number: Mapped[int]
    stored_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id", ondelete="CASCADE"), unique=True)
    words_state: Mapped[str] = mapped_column(String(10), default=WORDS_WAITING)
    fault: Mapped[str] = mapped_column(String(100), default="")
    text: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        CheckConstraint(f"words_state IN {WORDS_STATES}", name="words_state"),
        Index(None, "file_id", "number", unique=True),
        Index(None, "words_state"),
    )
