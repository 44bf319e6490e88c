"""Who inherits a guide: the group that it belongs to, else the organisation, else a co-author whose account stands."""

from __future__ import annotations

from sqlalchemy import ColumnElement, ScalarSelect, func, select

from network.accounts.models import Account
from network.core.db import db
from network.groups.models import Group
from network.library.models import Guide, GuideCoAuthor
from network.library.rules import Owner
from network.organisations.models import Organisation
from network.people.models import Person
from network.people.queries import stands

Heir = tuple[Owner, str]


def helper(gone_id: int) -> ScalarSelect[int]:
    """The first co-author of the guide of the query around it; not who goes, who can be owner and co-author at once."""
    return (
        select(func.min(Person.id))
        .join(GuideCoAuthor, GuideCoAuthor.person_id == Person.id)
        .join(Account, Account.id == Person.account_id)
        .where(GuideCoAuthor.guide_id == Guide.id, Person.id != gone_id, stands())
        .correlate(Guide)
        .scalar_subquery()
    )


def heirs(*which: ColumnElement[bool], gone_id: int) -> dict[int, Heir]:
    """By guide, who inherits it from who goes, and their name. A guide that nobody inherits is not there."""
    rows = db.session.execute(
        select(Guide.id, Group.id, Group.name, Organisation.id, Organisation.name, Person.id, Person.name)
        .outerjoin(Group, Group.id == Guide.group_id)
        .outerjoin(Organisation, Organisation.id == Guide.organisation_id)
        .outerjoin(Person, Person.id == helper(gone_id))
        .where(*which)
    )
    found: dict[int, Heir] = {}
    for guide_id, group_id, group, organisation_id, organisation, person_id, person in rows:
        if group_id is not None:
            found[guide_id] = Owner("group", group_id), group
        elif organisation_id is not None:
            found[guide_id] = Owner("organisation", organisation_id), organisation
        elif person_id is not None:
            found[guide_id] = Owner("person", person_id), person
    return found


def hold_helper(guide_id: int, gone_id: int) -> Heir | None:
    """The co-author of `helper`, held; the next one when the first has left meanwhile."""
    first = select(helper(gone_id)).select_from(Guide).where(Guide.id == guide_id)
    while (person_id := db.session.scalar(first)) is not None:
        if (name := hold(person_id)) is not None:
            return Owner("person", person_id), name
    return None


def hold(person_id: int) -> str | None:
    """The name of somebody whose account stands, to the end of the transaction; None when it does not.

    Whoever closes that account waits, and finds the guide. Whoever writes with it does not.
    """
    query = select(Person.name).join(Account, Account.id == Person.account_id).where(Person.id == person_id, stands())
    return db.session.scalar(query.with_for_update(read=True, key_share=True, of=Account))
