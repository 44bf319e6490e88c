"""Accounts: the means to sign in. The public page about a person is a profile, in `people`."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from flask_security import UserMixin
from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from network.core.clock import now
from network.core.db import Base

ROLES = ("member", "moderator", "administrator")


def new_stamp() -> str:
    """A session stamp: sessions carry it, so that changing it ends them all."""
    return uuid4().hex


class Account(Base, UserMixin):  # type: ignore[misc]
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
