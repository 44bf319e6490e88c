"""Fetching what the actions change. The group's row is locked first, so that changes to one group queue up."""

from __future__ import annotations

from sqlalchemy import func, select

from network.accounts.models import Account
from network.core.db import db
from network.groups.models import Group, Membership
from network.groups.viewers import BELONGS
from network.people.models import Person
from network.people.queries import stands
from network.subjects.rules import require
from network.subjects.viewer import Viewer


def locked_group(group_id: int) -> Group:
    """The group as stored now, locked until the transaction ends."""
    return db.session.get_one(Group, group_id, with_for_update=True, populate_existing=True)


def membership(group_id: int, person_id: int) -> Membership | None:
    """A person's row in a group, requests too."""
    return db.session.get(Membership, (group_id, person_id), populate_existing=True)


def belongs(group_id: int, person_id: int) -> bool:
    """Whether somebody is in the group; a request is not enough."""
    row = membership(group_id, person_id)
    return row is not None and row.role in BELONGS


def person_of(viewer: Viewer) -> int:
    """Who acts; visitors are refused."""
    require(viewer.person_id is not None, "Sign in first.")
    assert viewer.person_id is not None
    return viewer.person_id


def count_members(group: Group) -> None:
    """Bring the group's counter in line with its rows."""
    db.session.flush()
    group.member_count = (
        db.session.scalar(select(func.count()).where(Membership.group_id == group.id, Membership.role.in_(BELONGS)))
        or 0
    )


def has_facilitator(group_id: int) -> bool:
    """Whether anybody is one, suspended or not: a suspension ends, and until then nobody else takes the group over."""
    query = select(Membership.person_id).where(Membership.group_id == group_id, Membership.role == "facilitator")
    return db.session.scalar(query.limit(1)) is not None


def successor(group_id: int, person_id: int) -> Membership | None:
    """The row of a member who can take the group over: still one, with an account that stands."""
    query = (
        select(Membership)
        .join(Person, Person.id == Membership.person_id)
        .join(Account, Account.id == Person.account_id)
        .where(
            Membership.group_id == group_id, Membership.person_id == person_id, Membership.role == "member", stands()
        )
    )
    return db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
