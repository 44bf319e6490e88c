"""Versions of the acceptable-use policy, and who accepted which when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.core.clock import now
from network.core.db import Base


class PolicyVersion(Base):
    """The policy as it stood from a day on. The number counts from 1; the newest one is in force."""

    __tablename__ = "policy_versions"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    body: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime] = mapped_column(default=now)


class PolicyAcceptance(Base):
    """A person agreed to a version."""

    __tablename__ = "policy_acceptances"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("policy_versions.id"), primary_key=True)
    accepted_at: Mapped[datetime] = mapped_column(default=now)
