"""What somebody was told of a thread, and who wants no such mails."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from network.core.clock import now
from network.core.db import Base


class PostNotice(Base):
    """Somebody was told of a thread's posts up to this number. `again_at` is when they hear of what came since."""

    __tablename__ = "post_notices"

    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True)
    number: Mapped[int] = mapped_column(default=0)
    told_at: Mapped[datetime | None]
    again_at: Mapped[datetime | None]


class PostMute(Base):
    """Somebody wants no mails about posts that are addressed to them."""

    __tablename__ = "post_mutes"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[datetime] = mapped_column(default=now)
