"""Discussions, questions and announcements. The first post of the thread is what was asked or said."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from network.core.clock import now
from network.core.db import Base

KINDS = {"discussion": "Discussion", "question": "Question", "announcement": "Announcement"}


class Discussion(Base):
    """A thread in a group. It carries what lists show, so that a list needs one query."""

    __tablename__ = "discussions"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(Uuid, default=uuid4, unique=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    number: Mapped[int]
    slug: Mapped[str] = mapped_column(String(90))
    title: Mapped[str] = mapped_column(String(150))
    kind: Mapped[str] = mapped_column(String(15), default="discussion")
    language: Mapped[str] = mapped_column(String(8), default="en")
    excerpt: Mapped[str] = mapped_column(String(300), default="")
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    asked_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("threads.id"), unique=True)
    reply_count: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=now)
    last_post_at: Mapped[datetime] = mapped_column(default=now)
    accepted_post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id", ondelete="SET NULL"))
    accepted_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    accepted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    withdrawn_reason: Mapped[str] = mapped_column(String(300), default="")
    revision: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        CheckConstraint(f"kind IN {tuple(KINDS)}", name="kind"),
        Index(None, "group_id", "number", unique=True),
        Index(None, "group_id", "last_post_at"),
        Index(None, "author_id", "created_at"),
        Index(None, "kind", "accepted_post_id", "last_post_at"),
        Index(None, "last_post_at"),
        Index(None, "accepted_at"),
    )


class DiscussionTopic(Base):
    """A topic that a discussion is filed under."""

    __tablename__ = "discussion_topics"

    discussion_id: Mapped[int] = mapped_column(ForeignKey("discussions.id", ondelete="CASCADE"), primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id"), primary_key=True, index=True)


class DiscussionTag(Base):
    """A free word on a discussion."""

    __tablename__ = "discussion_tags"

    discussion_id: Mapped[int] = mapped_column(ForeignKey("discussions.id", ondelete="CASCADE"), primary_key=True)
    word: Mapped[str] = mapped_column(String(60), primary_key=True, index=True)
