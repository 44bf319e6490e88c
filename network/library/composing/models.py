"""Which stored pictures came in while a guide was being written."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from network.core.clock import now
from network.core.db import Base


class ComposedPicture(Base):
    """A picture that somebody put into a text here. One that no text names any more is swept after a while.

    `name` is that of the stored file. Without `guide_id` the draft it belonged to was thrown away.
    """

    __tablename__ = "composed_pictures"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    guide_id: Mapped[int | None] = mapped_column(ForeignKey("guides.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)
