"""Groups and memberships."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from network.core.clock import now
from network.core.db import Base

ROLES = ("member", "facilitator", "requested", "invited")
ASK_ANYONE = "ask-anyone"


class Group(Base):
    """A peer-support group. A closed one must say why; the reason is public. Counters are kept by the actions."""

    __tablename__ = "groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(Uuid, default=uuid4, unique=True)
    slug: Mapped[str] = mapped_column(String(90), unique=True)
    name: Mapped[str] = mapped_column(String(150), unique=True)
    purpose: Mapped[str] = mapped_column(String(300))
    about: Mapped[str] = mapped_column(Text, default="")
    about_html: Mapped[str] = mapped_column(Text, default="")
    openness: Mapped[str] = mapped_column(String(10), default="open", index=True)
    closed_reason: Mapped[str] = mapped_column(String(300), default="")
    created_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)
    last_active_at: Mapped[datetime] = mapped_column(default=now, index=True)
    member_count: Mapped[int] = mapped_column(default=0)
    discussion_count: Mapped[int] = mapped_column(default=0)
    next_number: Mapped[int] = mapped_column(default=1)
    revision: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        CheckConstraint("openness IN ('open', 'closed')", name="openness"),
        CheckConstraint("openness = 'open' OR closed_reason != ''", name="closed_reason"),
    )


class Membership(Base):
    """A person in a group. Only members and facilitators belong; requested and invited are on the way."""

    __tablename__ = "memberships"

    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True)
    role: Mapped[str] = mapped_column(String(12), default="member")
    message: Mapped[str] = mapped_column(String(300), default="")
    since: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (CheckConstraint(f"role IN {ROLES}", name="role"),)


class AskedToJoin(Base):
    """What is remembered of somebody's request to join a closed group, also when it is taken back or declined.

    `told_at` is when the facilitators last had a mail about it; `declined_at` is set until they ask again.
    """

    __tablename__ = "asked_to_join"

    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True)
    told_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(300), default="")

    __table_args__ = (CheckConstraint("declined_at IS NULL OR reason != ''", name="reason"),)


class GroupTopic(Base):
    """A topic that a group is about."""

    __tablename__ = "group_topics"

    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id"), primary_key=True, index=True)


class FormerGroupSlug(Base):
    """An old address of a group; it leads on for ever."""

    __tablename__ = "former_group_slugs"

    slug: Mapped[str] = mapped_column(String(90), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
