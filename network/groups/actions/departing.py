"""Leaving every group at once, with the account: a last facilitator names who takes over, or administrators hear."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from network.core.db import db
from network.groups.actions.joining import hand_over, leave_without_facilitator
from network.groups.actions.rows import count_members, locked_group, successor
from network.groups.models import Membership
from network.groups.queries import other_facilitators


def depart(*, person_id: int, heirs: Mapping[int, int]) -> None:
    """End every membership, request and invitation. `heirs` names a member for groups that would have no facilitator.

    Where none is named, or the one who is no longer belongs or is suspended, administrators are told.
    """
    mine = select(Membership.group_id, Membership.role).where(Membership.person_id == person_id)
    for group_id, role in db.session.execute(mine.order_by(Membership.group_id)).all():
        group = locked_group(group_id)
        if role == "facilitator" and not other_facilitators(group_id, person_id):
            heir = successor(group_id, heirs.get(group_id, 0))
            if heir is not None:
                hand_over(group, heir, by_id=person_id)
            else:
                leave_without_facilitator(group, by_id=person_id)
        db.session.delete(db.session.get_one(Membership, (group_id, person_id)))
        count_members(group)
