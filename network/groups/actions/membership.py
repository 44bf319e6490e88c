"""What facilitators do about who belongs: roles and removing. Requests are answered in requests.py."""

from __future__ import annotations

from datetime import datetime

from network.audit.actions import record
from network.core.clock import now
from network.core.db import db
from network.groups import rules
from network.groups.actions.rows import count_members, locked_group, membership
from network.groups.models import Group, Membership
from network.groups.notices import tell_facilitator, tell_removed
from network.groups.queries import other_facilitators
from network.groups.viewers import BELONGS
from network.subjects.rules import require
from network.subjects.viewer import Viewer

NEEDS_FACILITATOR = "A group needs a facilitator. Make somebody else a facilitator first."


def add_member(
    *, group_id: int, person_id: int, role: str = "member", message: str = "", at: datetime | None = None
) -> None:
    """Put a person into a group with a role ("requested" with a message), whatever they were before."""
    group, row = locked_group(group_id), membership(group_id, person_id)
    if row is None:
        row = Membership(group_id=group_id, person_id=person_id)
        db.session.add(row)
    row.role, row.message, row.since = role, message, at or now()
    count_members(group)


def set_role(*, group_id: int, viewer: Viewer, person_id: int, role: str) -> None:
    """Make a member a facilitator, or a facilitator a member. The last facilitator stays one."""
    group = managed(group_id, viewer)
    row = _belonging(group_id, person_id)
    if row.role == role:
        return
    if role != "facilitator":
        require(other_facilitators(group_id, person_id) > 0, NEEDS_FACILITATOR)
    row.role = role
    record("group.role", actor_id=viewer.person_id, subject="group", subject_id=group.id, person=person_id, role=role)
    if role == "facilitator" and person_id != viewer.person_id:
        tell_facilitator(group, person_id)


def remove_member(*, group_id: int, viewer: Viewer, person_id: int, reason: str = "") -> None:
    """Take a member out of the group, and tell them. Leaving oneself is another act."""
    group = managed(group_id, viewer)
    row = _belonging(group_id, person_id)
    require(person_id != viewer.person_id, "Leave the group instead.")
    if row.role == "facilitator":
        require(other_facilitators(group_id, person_id) > 0, NEEDS_FACILITATOR)
    record("group.remove", actor_id=viewer.person_id, subject="group", subject_id=group.id, person=person_id)
    take_out(group, row)
    tell_removed(group, person_id, reason)


def managed(group_id: int, viewer: Viewer) -> Group:
    """The group, locked, for whoever may say who belongs to it."""
    group = locked_group(group_id)
    require(rules.may_manage(viewer, group.id, group.openness), "Only a facilitator can do this.")
    return group


def _belonging(group_id: int, person_id: int) -> Membership:
    row = membership(group_id, person_id)
    require(row is not None and row.role in BELONGS, "This person is not in the group.")
    assert row is not None
    return row


def take_out(group: Group, row: Membership) -> None:
    """End somebody's place in the group, or their request."""
    db.session.delete(row)
    count_members(group)
