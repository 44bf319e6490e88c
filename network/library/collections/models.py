"""Collections and what is in them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from network.core.clock import now
from network.core.db import Base

LONGEST_TITLE = 150
LONGEST_PURPOSE = 300
LONGEST_NOTE = 300
LONGEST_REASON = 300
MOST_ITEMS = 100


class Collection(Base):
    """A list with a title and a purpose. A person keeps it, or a group: then all its members do.

    One that a group keeps belongs to the group, so that a closed group's collection is for its members. Its keepers
    may take it away, moderators may hide it with a reason; its address then says so.
    """

    __tablename__ = "collections"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(Uuid, default=uuid4, unique=True)
    slug: Mapped[str] = mapped_column(String(90), unique=True)
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    purpose: Mapped[str] = mapped_column(String(LONGEST_PURPOSE))
    keeper_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"), index=True)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, index=True)
    hidden_at: Mapped[datetime | None]
    hidden_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    hidden_reason: Mapped[str] = mapped_column(String(LONGEST_REASON), default="")
    revision: Mapped[int] = mapped_column(default=1)

    __table_args__ = (CheckConstraint("keeper_id IS NULL OR group_id IS NULL", name="one_keeper"),)


class CollectionItem(Base):
    """A guide or a discussion in a collection, with a note why. Positions only order; they may have gaps."""

    __tablename__ = "collection_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    collection_id: Mapped[int] = mapped_column(ForeignKey("collections.id", ondelete="CASCADE"))
    subject: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    position: Mapped[int]
    note: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")
    added_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    added_at: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (
        Index(None, "collection_id", "subject", "subject_id", unique=True),
        Index(None, "subject", "subject_id"),
    )
