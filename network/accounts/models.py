"""Accounts: the means to sign in. The public page about a person is a profile, in `people`."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from flask_security import UserMixin
from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.core.clock import now
from network.core.db import Base

ROLES = ("member", "moderator", "administrator")
PURPOSES = ("confirm", "recover", "email")


def new_stamp() -> str:
    """A session stamp: sessions carry it, so that changing it ends them all."""
    return uuid4().hex


class Account(Base, UserMixin):
    """The fields are declared by us, under the names that Flask-Security needs."""

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(320), unique=True)
    password: Mapped[str] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    confirmed_at: Mapped[datetime | None]
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True, default=new_stamp)
    role: Mapped[str] = mapped_column(String(20), default="member")
    created_at: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (CheckConstraint(f"role IN {ROLES}", name="role"),)

    # Flask-Security asks for roles; ours is one word, and what it allows is decided by our own rules.
    roles: Any = ()


class MailedLink(Base):
    """The one live link of an account and purpose. Only a hash of it is kept: whoever reads the table cannot use it."""

    __tablename__ = "mailed_links"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(10), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(String(320), default="")
    expires_at: Mapped[datetime] = mapped_column(index=True)

    __table_args__ = (CheckConstraint(f"purpose IN {PURPOSES}", name="purpose"),)


class EndedSession(Base):
    """A session that was signed out of. Its cookie may have been copied, and a cookie cannot be called back."""

    __tablename__ = "ended_sessions"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    ended_at: Mapped[datetime] = mapped_column(default=now, index=True)


class KeptForm(Base):
    """What somebody began to write, or sent after their session had ended, kept a day for their account."""

    __tablename__ = "kept_forms"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    path: Mapped[str] = mapped_column(Text)
    fields: Mapped[list[Any]] = mapped_column(JSON)
    files: Mapped[list[Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)
