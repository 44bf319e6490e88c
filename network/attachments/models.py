"""Stored files and whose they are."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from network.core.clock import now
from network.core.db import Base

WAITING, READY, INFECTED = "waiting", "ready", "infected"


class StoredFile(Base):
    """A file in the storage under a random name. It is as visible as the subject it belongs to, once it is ready.

    A picture's smaller sizes are files of their own, which name the whole one and go with it.
    It waits until the virus scanner, where there is one, has looked at it; what was found infected is in quarantine.
    """

    __tablename__ = "stored_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    filename: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(80))
    size: Mapped[int]
    width: Mapped[int | None]
    height: Mapped[int | None]
    digest: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(10), default=READY, server_default=READY)
    subject: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    whole_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id", ondelete="CASCADE"), index=True)
    uploaded_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (
        Index(None, "subject", "subject_id"),
        Index(None, "state", "created_at"),
    )
