"""Organisations and their e-mail domains."""

from __future__ import annotations

from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from network.core.db import Base

KINDS = {
    "council": "Council",
    "combined-authority": "Combined authority",
    "central-government": "Central government",
    "agency": "Agency or public body",
    "nhs": "NHS",
    "police-fire": "Police, fire or rescue",
    "education": "Education",
    "housing": "Housing",
    "other": "Other public service",
}
SIZES = {
    "under-250": "under 250 staff",
    "250-999": "250 to 999 staff",
    "1000-4999": "1,000 to 4,999 staff",
    "5000-plus": "5,000 staff or more",
}


LONGEST_NAME = 150
LONGEST_ABOUT = 1_000
LONGEST_DOMAIN = 253
MOST_DOMAINS = 50


class Organisation(Base):
    """A public body. Type and size band come from closed lists, because "an organisation like mine" compares them."""

    __tablename__ = "organisations"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(Uuid, default=uuid4, unique=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME), unique=True)
    kind: Mapped[str] = mapped_column(String(30), default="other")
    size: Mapped[str] = mapped_column(String(20), default="250-999")
    about: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        CheckConstraint(f"kind IN {tuple(KINDS)}", name="kind"),
        CheckConstraint(f"size IN {tuple(SIZES)}", name="size"),
    )


class OrganisationDomain(Base):
    """An e-mail domain; one domain may serve several organisations, then the person chooses."""

    __tablename__ = "organisation_domains"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"), primary_key=True)
    domain: Mapped[str] = mapped_column(String(LONGEST_DOMAIN), primary_key=True, index=True)
