"""Fetching what the actions change. The group's row is locked first, so that changes to one group queue up."""

from __future__ import annotations

from sqlalchemy import func, select

from network.core.db import db
from network.groups.models import Group, Membership
from network.groups.viewers import BELONGS


def locked_group(group_id: int) -> Group:
    """The group as stored now, locked until the transaction ends."""
    return db.session.get_one(Group, group_id, with_for_update=True, populate_existing=True)


def membership(group_id: int, person_id: int) -> Membership | None:
    """A person's row in a group, requests too."""
    return db.session.get(Membership, (group_id, person_id), populate_existing=True)


def count_members(group: Group) -> None:
    """Bring the group's counter in line with its rows."""
    db.session.flush()
    group.member_count = (
        db.session.scalar(select(func.count()).where(Membership.group_id == group.id, Membership.role.in_(BELONGS)))
        or 0
    )


def other_facilitators(group_id: int, person_id: int) -> int:
    """How many facilitators a group has beside this person."""
    query = select(func.count()).where(
        Membership.group_id == group_id, Membership.role == "facilitator", Membership.person_id != person_id
    )
    return db.session.scalar(query) or 0
