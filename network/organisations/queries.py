"""Reading organisations."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import column, func, select, table

from network.core.db import db
from network.core.kept import Kept
from network.organisations.models import KINDS, SIZES, Organisation, OrganisationDomain
from network.subjects.names import hue, initials

# Named here by their tables, because people and accounts stand above organisations in the order of imports.
_people = table("people", column("id"), column("organisation_id"), column("account_id"))
_accounts = table("accounts", column("id"), column("active"), column("confirmed_at"))


class Listed(NamedTuple):
    """An organisation in the list, with how many people of it can be seen."""

    id: int
    slug: str
    name: str
    kind: str
    size: str
    people: int

    @property
    def facts(self) -> str:
        """“Council, 1,000 to 4,999 staff”"""
        return f"{KINDS[self.kind]}, {SIZES[self.size]}"

    @property
    def initials(self) -> str:
        """For the emblem."""
        return initials(self.name)

    @property
    def hue(self) -> int:
        """For the emblem."""
        return hue(self.id)


class Shown(NamedTuple):
    """An organisation's page."""

    id: int
    slug: str
    name: str
    kind: str
    size: str
    about: str

    @property
    def initials(self) -> str:
        """For the emblem."""
        return initials(self.name)

    @property
    def hue(self) -> int:
        """For the emblem."""
        return hue(self.id)


class Named(NamedTuple):
    """An organisation by name."""

    id: int
    slug: str
    name: str
    kind: str
    size: str


def _read() -> tuple[Named, ...]:
    fields = (Organisation.id, Organisation.slug, Organisation.name, Organisation.kind, Organisation.size)
    return tuple(Named._make(row) for row in db.session.execute(select(*fields).order_by(Organisation.name)))


ORGANISATIONS = Kept("organisations", _read, Organisation)


def all_organisations() -> tuple[Named, ...]:
    """Every organisation, by name. Administrators keep them: hundreds at most, so they are kept in memory."""
    return ORGANISATIONS.value()


def organisations() -> list[Listed]:
    """All of them, by name. They are kept by administrators: hundreds at most."""
    count = (
        select(func.count())
        .select_from(_people.join(_accounts, _accounts.c.id == _people.c.account_id))
        .where(
            _people.c.organisation_id == Organisation.id,
            _accounts.c.active.is_(True),
            _accounts.c.confirmed_at.is_not(None),
        )
        .correlate(Organisation)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            Organisation.id, Organisation.slug, Organisation.name, Organisation.kind, Organisation.size, count
        ).order_by(func.lower(Organisation.name))
    )
    return [Listed(*row) for row in rows]


def organisation_by_slug(slug: str) -> Shown | None:
    """The organisation at an address."""
    row = db.session.execute(
        select(
            Organisation.id,
            Organisation.slug,
            Organisation.name,
            Organisation.kind,
            Organisation.size,
            Organisation.about,
        ).where(Organisation.slug == slug)
    ).one_or_none()
    return Shown(*row) if row else None


def domain_matches(domain: str, listed: str) -> bool:
    """Whole labels only: `it.council.example` is under `council.example`, `evilcouncil.example` is not."""
    domain, listed = domain.lower(), listed.lower()
    return domain == listed or domain.endswith("." + listed)


def organisations_of_email(email: str) -> list[tuple[int, str]]:
    """Ids and names of the organisations to which the address's domain belongs, the longest match only."""
    labels = email.rpartition("@")[2].lower().split(".")
    domains = [".".join(labels[start:]) for start in range(len(labels) - 1)]
    rows = db.session.execute(
        select(OrganisationDomain.domain, Organisation.id, Organisation.name)
        .join(Organisation, OrganisationDomain.organisation_id == Organisation.id)
        .where(OrganisationDomain.domain.in_(domains))
        .order_by(Organisation.name)
    ).all()
    longest = max((domain for domain, _, _ in rows), key=len, default="")
    return [(one, name) for domain, one, name in rows if domain == longest]
