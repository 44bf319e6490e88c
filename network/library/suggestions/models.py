"""Suggested changes, who was told of them, and who wants to hear no more."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from network.core.clock import now
from network.core.db import Base

DRAFT, OPEN, ACCEPTED, DECLINED, WITHDRAWN, HIDDEN = "draft", "open", "accepted", "declined", "withdrawn", "hidden"
STATES = (DRAFT, OPEN, ACCEPTED, DECLINED, WITHDRAWN, HIDDEN)
GONE = (WITHDRAWN, HIDDEN)
"""One line stands in place of these."""

WITH_OWNER, WITH_AUTHORS, WITH_GROUP = 0, 1, 2
LONGEST_WHY = 300
LONGEST_ANSWER = 300
LONGEST_SECTION = 150


class Suggestion(Base):
    """A guide's text as somebody who may not edit it would have it, and why.

    It has its number within the guide from the moment it is sent; before that it is its author's draft. `stage` says
    whose turn it is to answer, `passed_at` since when. `section` is the id of the heading whose section alone it
    changes, empty for the whole guide. `partly` when only some of its changes were taken; `taken` says of each
    change, by its key against the version before the accepted one, whether it was, unless the text was edited first.
    Of a hidden one readers see who hid it and why, which is its `answer`, of a withdrawn one that it is.
    Who may read it is asked of the guide, always.
    """

    __tablename__ = "suggestions"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(Uuid, default=uuid4, unique=True)
    guide_id: Mapped[int] = mapped_column(ForeignKey("guides.id", ondelete="CASCADE"))
    number: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(10), default=DRAFT)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id", ondelete="SET NULL"))
    base_version: Mapped[int]
    section: Mapped[str] = mapped_column(String(LONGEST_SECTION), default="", server_default="")
    title: Mapped[str] = mapped_column(String(150))
    summary: Mapped[str] = mapped_column(String(300), default="")
    body: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(String(LONGEST_WHY), default="")
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("threads.id"), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now)
    sent_at: Mapped[datetime | None]
    stage: Mapped[int] = mapped_column(default=WITH_OWNER)
    passed_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    answer: Mapped[str] = mapped_column(String(LONGEST_ANSWER), default="")
    accepted_version: Mapped[int | None]
    partly: Mapped[bool] = mapped_column(default=False)
    taken: Mapped[dict[str, bool] | None] = mapped_column(JSON(none_as_null=True))

    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint("(state = 'draft') = (number IS NULL)", name="number"),
        CheckConstraint("state NOT IN ('declined', 'hidden') OR answer != ''", name="refused_why"),
        CheckConstraint("(state = 'accepted') = (accepted_version IS NOT NULL)", name="accepted_version"),
        Index(None, "guide_id", "number", unique=True),
        Index(None, "author_id", "state"),
        Index(None, "state", "passed_at"),
        # One draft of each person for each guide.
        Index(
            "ix_suggestions_draft",
            "guide_id",
            "author_id",
            unique=True,
            sqlite_where=text("state = 'draft'"),
            postgresql_where=text("state = 'draft'"),
        ),
    )


class SuggestionNotice(Base):
    """Somebody was told, once: that they are asked, of the suggestion's new state, or of a post by its number."""

    __tablename__ = "suggestion_notices"

    suggestion_id: Mapped[int] = mapped_column(ForeignKey("suggestions.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True)
    what: Mapped[str] = mapped_column(String(20), primary_key=True)
    told_at: Mapped[datetime] = mapped_column(default=now)


class SuggestionMute(Base):
    """Somebody wants no more mails about suggestions to one guide."""

    __tablename__ = "suggestion_mutes"

    guide_id: Mapped[int] = mapped_column(ForeignKey("guides.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True)
    since: Mapped[datetime] = mapped_column(default=now)
