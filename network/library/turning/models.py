"""From which discussion a guide came."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from network.core.db import Base


class GuideOrigin(Base):
    """The discussion that a guide began as, and the group in which that was said.

    While the group is closed the guide stays in it. The discussion may be gone; the group is kept for the rule.
    """

    __tablename__ = "guide_origins"

    guide_id: Mapped[int] = mapped_column(ForeignKey("guides.id", ondelete="CASCADE"), primary_key=True)
    discussion_id: Mapped[int | None] = mapped_column(ForeignKey("discussions.id", ondelete="SET NULL"), index=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), index=True)
