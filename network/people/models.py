"""Profiles: what colleagues see of a person."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from network.core.clock import now
from network.core.db import Base

FORMER_MEMBER = "Former member"
"""What stands in place of the name of somebody who has left."""


class Person(Base):
    """A member's public page. `organisation_confirmed` is true when a confirmed address is under its domain.

    Of somebody who closed their account the bare row stays, so that what others read still has an author: it has no
    account and no handle, its name is FORMER_MEMBER, and `credit` is the name that they left on their guides, if any.
    """

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(Uuid, default=uuid4, unique=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"), unique=True)
    handle: Mapped[str | None] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(100), index=True)
    credit: Mapped[str | None] = mapped_column(String(100))
    job_title: Mapped[str] = mapped_column(String(100), default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    organisation_confirmed: Mapped[bool] = mapped_column(default=False)
    place: Mapped[str] = mapped_column(String(100), default="")
    about: Mapped[str] = mapped_column(Text, default="")
    about_html: Mapped[str] = mapped_column(Text, default="")
    photo: Mapped[str | None] = mapped_column(String(40))
    show_email: Mapped[bool] = mapped_column(default=False)
    asks_a_month: Mapped[int] = mapped_column(default=4)
    guide_count: Mapped[int] = mapped_column(default=0)
    accepted_count: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now)
    revision: Mapped[int] = mapped_column(default=1)
    # What the directory's box looks through: name, role, place and skills in small ASCII letters (actions keep it).
    sought: Mapped[str] = mapped_column(Text, default="")


class PersonSkill(Base):
    """Something a person can help with, or is interested in: a topic, or a word of their own."""

    __tablename__ = "person_skills"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(10))
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id"), index=True)
    word: Mapped[str] = mapped_column(String(60))
    position: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        CheckConstraint("kind IN ('help', 'interest')", name="kind"),
        Index(None, "person_id", "kind", "word", unique=True),
    )


class FormerHandle(Base):
    """An old handle that leads to the profile until its owner ends that. It stays theirs: nobody can take it over.

    Those of people who have left belong to nobody, so that nothing ties them to what they wrote.
    """

    __tablename__ = "former_handles"

    handle: Mapped[str] = mapped_column(String(60), primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    leads_on: Mapped[bool] = mapped_column(default=True)
