"""Who owns a guide and where it was written, by name, for any query of guides."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func
from sqlalchemy.orm import aliased

from network.groups.models import Group
from network.library.models import Guide
from network.organisations.models import Organisation
from network.people.models import Person

OwnerGroup, OwnerOrganisation = aliased(Group), aliased(Organisation)
OWNER_NAME = func.coalesce(Person.credit, Person.name, OwnerGroup.name, OwnerOrganisation.name, "")


def with_owner(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """The query with its guides' owner (Person, OwnerGroup or OwnerOrganisation) and with their Organisation."""
    return (
        query.outerjoin(Person, Person.id == Guide.owner_person_id)
        .outerjoin(OwnerGroup, OwnerGroup.id == Guide.owner_group_id)
        .outerjoin(OwnerOrganisation, OwnerOrganisation.id == Guide.owner_organisation_id)
        .outerjoin(Organisation, Organisation.id == Guide.organisation_id)
    )
