"""What was said of a guide where it came from and has no row here: people above all, who are names."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from network.core.db import Base


class CarriedGuide(Base):
    """A guide's past elsewhere.

    `facts` holds names: "authors" as [name, organisation], "owner", "organisation", "checked_by", "history" as
    the author of each version by its number, "suggested" as whoever proposed it, "files" as whoever added each
    version of a file by "number of the file/number of the version", and "topics" as [slug, name], those that this
    network does not have.
    `has_source` is true when the guide was not first published in that network either, so that its source here is
    the one it had there. `versions` is the number of the newest version that came along.
    """

    __tablename__ = "carried_guides"

    guide_id: Mapped[int] = mapped_column(ForeignKey("guides.id", ondelete="CASCADE"), primary_key=True)
    network: Mapped[str] = mapped_column(String(150))
    address: Mapped[str] = mapped_column(String(300), default="")
    facts: Mapped[dict[str, Any]]
    has_source: Mapped[bool] = mapped_column(default=False)
    versions: Mapped[int] = mapped_column(default=0)
