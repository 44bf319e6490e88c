"""The keys that open feeds where reading is for members only."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from network.core.clock import now
from network.core.db import Base


def new_secret() -> str:
    """What nobody can guess."""
    return secrets.token_urlsafe(24)


class FeedKey(Base):
    """Somebody's key for their feed reader, which cannot sign in; another one is drawn when they want that."""

    __tablename__ = "feed_keys"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    secret: Mapped[str] = mapped_column(String(40), default=new_secret, unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
