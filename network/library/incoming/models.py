"""Imports by the web and the files in them."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from network.core.clock import now
from network.core.db import Base

READING, READY, RUNNING, DONE, FAILED = STATES = ("reading", "ready", "running", "done", "failed")
NEW, CHANGED, SAME, EDITED, PUBLISHED, REFUSED = STANDINGS = (
    "new", "changed", "same", "edited", "published", "refused",
)  # fmt: skip
WAITING, MADE, RENEWED, LEFT_OUT, BROKEN = OUTCOMES = ("", "made", "renewed", "left-out", "broken")


def new_folder() -> str:
    """A name that nobody can guess."""
    return secrets.token_hex(16)


class ImportJob(Base):
    """One import by the web, of one member.

    It is *reading* until the worker knows what the files hold, *ready* while its member looks at the list, *running*
    while drafts are made, then *done*; *failed* when nothing could be read, which `problem` tells. `folder` is where
    its files lie for that time. `options` are what the member said of all of them. `total` and `done` count the
    files to bring in and those that were. `touched_at` says when it last went on.
    """

    __tablename__ = "import_jobs"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    state: Mapped[str] = mapped_column(String(10), default=READING)
    folder: Mapped[str] = mapped_column(String(32), default=new_folder, unique=True)
    name: Mapped[str] = mapped_column(String(200))
    problem: Mapped[str] = mapped_column(String(300), default="")
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=now)
    touched_at: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        Index(None, "person_id", "created_at"),
        Index(None, "state", "touched_at"),
    )


class ImportItem(Base):
    """A file of an import, or a part of one.

    `standing` is what the list says before anything is brought in: new, or how a draft or guide that the member made
    of it earlier (`before_id`) stands; or refused, with the reason. `digest` changes with anything that a reader would
    see. `outcome` is empty until the file is dealt with, and `guide_id` what was made of it: both are written in the
    transaction that makes it, so that a worker that was stopped makes nothing twice.
    """

    __tablename__ = "import_items"

    job_id: Mapped[int] = mapped_column(ForeignKey("import_jobs.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    path: Mapped[str] = mapped_column(String(500))
    title: Mapped[str] = mapped_column(String(150), default="")
    kind: Mapped[str] = mapped_column(String(20), default="")
    words: Mapped[int] = mapped_column(default=0)
    pictures: Mapped[int] = mapped_column(default=0)
    digest: Mapped[str] = mapped_column(String(64), default="")
    remarks: Mapped[list[Any]] = mapped_column(default=list)
    standing: Mapped[str] = mapped_column(String(10), default=NEW)
    reason: Mapped[str] = mapped_column(String(300), default="")
    before_id: Mapped[int | None] = mapped_column(ForeignKey("guides.id", ondelete="SET NULL"), index=True)
    slug: Mapped[str] = mapped_column(String(90), default="")
    outcome: Mapped[str] = mapped_column(String(10), default=WAITING)
    guide_id: Mapped[int | None] = mapped_column(ForeignKey("guides.id", ondelete="SET NULL"), index=True)

    __table_args__ = (
        CheckConstraint(f"standing IN {STANDINGS}", name="standing"),
        CheckConstraint(f"outcome IN {OUTCOMES}", name="outcome"),
    )
