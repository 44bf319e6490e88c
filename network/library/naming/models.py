"""Who was told that they are co-author of what, and who wants no such mails."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from network.core.clock import now
from network.core.db import Base


class CoAuthorNotice(Base):
    """Somebody was told, once for each guide, however often they are taken off and named again."""

    __tablename__ = "co_author_notices"

    guide_id: Mapped[int] = mapped_column(ForeignKey("guides.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True)
    told_at: Mapped[datetime] = mapped_column(default=now)


class CoAuthorMute(Base):
    """Somebody wants no mails about being named."""

    __tablename__ = "co_author_mutes"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[datetime] = mapped_column(default=now)
