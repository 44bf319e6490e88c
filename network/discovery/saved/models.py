"""Saved searches, and what each has told of already."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from network.core.clock import now
from network.core.db import Base

AT_ONCE, DAILY, WEEKLY, NONE = "at-once", "daily", "weekly", "none"
ALERTS = {AT_ONCE: "At once", DAILY: "Daily", WEEKLY: "Weekly", NONE: "No alerts"}
MOST = 50


def new_feed_secret() -> str:
    """What nobody can guess, and no other saved search ever had."""
    return secrets.token_urlsafe(16)


class SavedSearch(Base):
    """A search that somebody keeps.

    A followed topic is one as well: `topic_id` is set, and text and filters are empty. `broad` says that so much was
    found when it was saved that only what is made later counts as new. What changed before `since` is no news;
    `next_at` is when a daily or weekly one is due. `feed_secret` opens its feed: another one is drawn when its owner
    wants another address, and no row that gets the same id later has it.
    """

    __tablename__ = "saved_searches"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    text: Mapped[str] = mapped_column(String(500), default="")
    subject: Mapped[str | None] = mapped_column(String(40))
    filters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sort: Mapped[str] = mapped_column(String(12), default="relevance")
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"))
    alerts: Mapped[str] = mapped_column(String(10), default=WEEKLY)
    broad: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)
    since: Mapped[datetime] = mapped_column(default=now)
    next_at: Mapped[datetime | None]
    feed_secret: Mapped[str] = mapped_column(String(32), default=new_feed_secret)

    __table_args__ = (
        CheckConstraint(f"alerts IN {tuple(ALERTS)}", name="alerts"),
        Index(None, "alerts", "next_at"),
        Index(None, "topic_id", "person_id", unique=True),
    )


class KnownHit(Base):
    """Something a saved search found when it was saved, or has told of since: it is told once, and never again."""

    __tablename__ = "saved_search_known"

    saved_search_id: Mapped[int] = mapped_column(ForeignKey("saved_searches.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
