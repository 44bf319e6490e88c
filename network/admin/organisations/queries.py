"""Reading the organisations as administrators keep them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

from sqlalchemy import select

from network.core.db import db
from network.core.text.folding import folded
from network.organisations.models import KINDS, SIZES, Organisation, OrganisationDomain
from network.organisations.queries import Listed, organisations


class Line(NamedTuple):
    """An organisation with its domains."""

    organisation: Listed
    domains: tuple[str, ...]

    @property
    def kind(self) -> str:
        """Its type in words."""
        return KINDS[self.organisation.kind]

    @property
    def size(self) -> str:
        """Its size in words."""
        return SIZES[self.organisation.size]


def lines(sought: str = "") -> list[Line]:
    """All of them by name, or those whose name or a domain holds what is sought."""
    domains: dict[int, list[str]] = defaultdict(list)
    rows = select(OrganisationDomain.organisation_id, OrganisationDomain.domain).order_by(OrganisationDomain.domain)
    for organisation_id, domain in db.session.execute(rows):
        domains[organisation_id].append(domain)
    found = [Line(row, tuple(domains[row.id])) for row in organisations()]
    return [line for line in found if _holds(line, sought)]


def organisation_words(organisation_id: int) -> dict[str, Any] | None:
    """An organisation as its form has it, as the database has it now; None when there is none of that id."""
    columns = (Organisation.name, Organisation.kind, Organisation.size, Organisation.about)
    row = db.session.execute(select(*columns).where(Organisation.id == organisation_id)).one_or_none()
    if row is None:
        return None
    domains = db.session.scalars(
        select(OrganisationDomain.domain)
        .where(OrganisationDomain.organisation_id == organisation_id)
        .order_by(OrganisationDomain.domain)
    )
    return {**row._asdict(), "domains": "\n".join(domains)}


def _holds(line: Line, sought: str) -> bool:
    inside = any(sought.casefold() in domain for domain in line.domains)
    return inside or folded(sought) in folded(line.organisation.name)
