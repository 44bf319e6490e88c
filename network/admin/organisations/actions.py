"""Keeping organisations. Inside a transaction; nothing here commits."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from network.admin.following import index_anew
from network.admin.organisations.queries import organisation_words
from network.admin.rules import ONLY, may_administer
from network.audit.actions import record
from network.core.db import db
from network.core.stale import require_unchanged
from network.core.text.folding import folded
from network.core.text.slugs import free, slugify
from network.library.adoptions.models import Adoption
from network.library.models import Guide
from network.organisations.models import Organisation, OrganisationDomain
from network.people.joining import Recognised, recognise_anew
from network.people.models import Person
from network.subjects.rules import require
from network.subjects.viewer import Viewer

SUBJECT = "organisation"


class NameTaken(Exception):
    """Another organisation is called so."""


def add_organisation(
    *, viewer: Viewer, name: str, kind: str, size: str, about: str, domains: Sequence[str]
) -> tuple[Organisation, Recognised]:
    """A new organisation, and how many people are recognised as its staff. Raises NameTaken."""
    require(may_administer(viewer), ONLY)
    row, recognised = enter_organisation(name=name, kind=kind, size=size, about=about, domains=domains)
    record("organisation.add", actor_id=viewer.person_id, subject=SUBJECT, subject_id=row.id)
    return row, recognised


def enter_organisation(
    *, name: str, kind: str, size: str, about: str, domains: Sequence[str]
) -> tuple[Organisation, Recognised]:
    """The same for whoever sets the network up, before anybody could be asked who they are. Raises NameTaken."""
    others = _locked()
    _require_free(name, others)
    slug = free(slugify(name), {other.slug for other in others})
    row = Organisation(slug=slug, name=name, kind=kind, size=size, about=about)
    db.session.add(row)
    db.session.flush()
    return row, _set_domains(row, domains)


def change_organisation(
    *,
    viewer: Viewer,
    organisation_id: int,
    base: str,
    name: str,
    kind: str,
    size: str,
    about: str,
    domains: Sequence[str],
) -> tuple[Organisation, Recognised]:
    """Other words for an organisation, or other domains; its address stays. Raises ChangedMeanwhile and NameTaken."""
    require(may_administer(viewer), ONLY)
    others = _locked()
    row = next(one for one in others if one.id == organisation_id)
    require_unchanged(base, organisation_words(organisation_id) or {})
    _require_free(name, [other for other in others if other is not row])
    renamed, others_are_like = name != row.name, (kind, size) != (row.kind, row.size)
    row.name, row.kind, row.size, row.about = name, kind, size, about
    recognised = _set_domains(row, domains)
    if renamed:
        index_anew("person", Person, Person.organisation_id == organisation_id)
    if others_are_like:
        used = select(Adoption.guide_id).where(Adoption.organisation_id == organisation_id)
        index_anew("guide", Guide, Guide.id.in_(used), Guide.state == "published")
    record("organisation.change", actor_id=viewer.person_id, subject=SUBJECT, subject_id=organisation_id)
    return row, recognised


def _locked() -> Sequence[Organisation]:
    """All of them: two who change them at once come one after the other."""
    return db.session.scalars(select(Organisation).order_by(Organisation.id).with_for_update()).all()


def _require_free(name: str, others: Sequence[Organisation]) -> None:
    if folded(name) in {folded(other.name) for other in others}:
        raise NameTaken(name)


def _set_domains(row: Organisation, domains: Sequence[str]) -> Recognised:
    """These are its domains; whoever has an address under one that came or went is looked at again."""
    before = {
        one.domain: one
        for one in db.session.scalars(select(OrganisationDomain).where(OrganisationDomain.organisation_id == row.id))
    }
    for domain in before.keys() - set(domains):
        db.session.delete(before[domain])
    new = set(domains) - before.keys()
    db.session.add_all(OrganisationDomain(organisation_id=row.id, domain=domain) for domain in sorted(new))
    db.session.flush()
    return recognise_anew(sorted(before.keys() ^ set(domains)))
