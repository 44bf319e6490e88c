"""Topics in two levels with aliases. Tags are free words and live beside what they tag."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.core.db import Base

LONGEST_NAME = 80
LONGEST_ABOUT = 300
MOST_ALIASES = 20


class Topic(Base):
    """An entry of the curated subject list. A topic without parent is of the first level."""

    __tablename__ = "topics"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    about: Mapped[str] = mapped_column(Text, default="")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)


class TopicAlias(Base):
    """Another word for a topic. `former`: what it, or one merged into it, was called; its address leads on for ever."""

    __tablename__ = "topic_aliases"

    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), index=True)
    former: Mapped[bool] = mapped_column(default=False)
