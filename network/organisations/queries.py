"""Reading organisations."""

from __future__ import annotations

from sqlalchemy import select

from network.core.db import db
from network.organisations.models import Organisation, OrganisationDomain


def domain_matches(domain: str, listed: str) -> bool:
    """Whole labels only: `it.council.example` is under `council.example`, `evilcouncil.example` is not."""
    domain, listed = domain.lower(), listed.lower()
    return domain == listed or domain.endswith("." + listed)


def organisations_of_email(email: str) -> list[tuple[int, str]]:
    """Ids and names of the organisations to which the address's domain belongs, the longest match only."""
    labels = email.rpartition("@")[2].lower().split(".")
    for start in range(len(labels) - 1):
        rows = db.session.execute(
            select(Organisation.id, Organisation.name)
            .join(OrganisationDomain, OrganisationDomain.organisation_id == Organisation.id)
            .where(OrganisationDomain.domain == ".".join(labels[start:]))
            .order_by(Organisation.name)
        ).tuples()
        if found := list(rows):
            return found
    return []
