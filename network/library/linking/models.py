"""Where our own texts link to our own pages."""

from __future__ import annotations

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from network.core.db import Base

LONGEST_PATH = 500
LONGEST_WORDS = 150


class OwnLink(Base):
    """A link in the text of a guide, in a comment or in a post of a discussion.

    The text belongs to the row `source_id` of the subject `source`; `place` is the number of the post in it, 0 for a
    guide's own text. `path` is where the link leads, as it was written, without query and fragment. `subject` and
    `row_id` say what stands there, where a subject of the registry does. Whether somebody may read either end is asked
    whenever it is shown.
    """

    __tablename__ = "own_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(40))
    source_id: Mapped[int]
    place: Mapped[int] = mapped_column(default=0)
    path: Mapped[str] = mapped_column(String(LONGEST_PATH))
    words: Mapped[str] = mapped_column(String(LONGEST_WORDS), default="")
    subject: Mapped[str] = mapped_column(String(40), default="")
    row_id: Mapped[int | None]

    __table_args__ = (
        Index(None, "source", "source_id", "place", "path", unique=True),
        Index(None, "subject", "row_id"),
    )
