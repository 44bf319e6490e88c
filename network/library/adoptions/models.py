"""Adoptions of guides and who reported them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Uuid, true
from sqlalchemy.orm import Mapped, mapped_column

from network.core.clock import now
from network.core.db import Base

RESULTS = {
    "worked": "It worked",
    "worked-after-changes": "It worked after changes",
    "did-not-work": "It did not work for us",
    "too-early": "Too early to say",
}
DID_NOT_WORK = "did-not-work"
TOO_EARLY = "too-early"
OPEN_RESULTS = ("", TOO_EARLY)
"""Nothing said yet, or nothing that can be said: these are asked again."""
LONGEST_TEXT = 300


class Adoption(Base):
    """One organisation uses one guide; people without an organisation have one each, which is shown and not counted.

    `result` is empty until somebody says how it went. `month` is the first day of the month in which the use
    began. `organisation_name` is what the organisation was called when it was reported. `ask_at` is when its reporters
    should be asked how it went; once they were, `asked_at` says when, until somebody answers. `told_by` is whose words
    result and text are, `stopped_by` who said that it stopped: what one colleague says stands under nobody else's name.
    A text with a `hidden_reason` is read by nobody but its writer; the reason stands in its place.
    """

    __tablename__ = "adoptions"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(Uuid, default=uuid4, unique=True)
    guide_id: Mapped[int] = mapped_column(ForeignKey("guides.id", ondelete="CASCADE"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    organisation_name: Mapped[str] = mapped_column(String(150), default="")
    alone_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    result: Mapped[str] = mapped_column(String(24), default="")
    text: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")
    hidden_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    hidden_reason: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="", server_default="")
    told_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    month: Mapped[date] = mapped_column(Date)
    stopped_on: Mapped[date | None] = mapped_column(Date)
    stopped_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    ask_at: Mapped[datetime | None] = mapped_column(index=True)
    asked_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now)
    revision: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        CheckConstraint(f"result IN {('', *RESULTS)}", name="result"),
        CheckConstraint("(organisation_id IS NULL) <> (alone_id IS NULL)", name="whose"),
        Index(None, "guide_id", "organisation_id", unique=True),
        Index(None, "guide_id", "alone_id", unique=True),
    )


class AdoptionEarlier(Base):
    """What somebody said of a use until a colleague's words took its place. Without `person_id` nobody knows who."""

    __tablename__ = "adoption_earlier"

    id: Mapped[int] = mapped_column(primary_key=True)
    adoption_id: Mapped[int] = mapped_column(ForeignKey("adoptions.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    result: Mapped[str] = mapped_column(String(24))
    text: Mapped[str] = mapped_column(String(LONGEST_TEXT))
    replaced_at: Mapped[datetime]


class AdoptionReporter(Base):
    """Somebody who reported that their organisation uses a guide, and whether colleagues elsewhere may ask them.

    `mails` is false once they muted mails about this use; `told_version` the last version of the guide they were
    written to about, `told_withdrawal` the last withdrawal (the id of that turn in the guide's record).
    """

    __tablename__ = "adoption_reporters"

    adoption_id: Mapped[int] = mapped_column(ForeignKey("adoptions.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True)
    may_be_asked: Mapped[bool] = mapped_column(default=True)
    mails: Mapped[bool] = mapped_column(default=True, server_default=true())
    told_version: Mapped[int] = mapped_column(default=0, server_default="0")
    told_withdrawal: Mapped[int] = mapped_column(default=0, server_default="0")
    created_at: Mapped[datetime] = mapped_column(default=now)
