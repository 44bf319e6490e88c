"""What people do about their own membership: join and leave. Asking to join is in requests.py."""

from __future__ import annotations

from network.audit.actions import record
from network.core.db import db
from network.groups import rules
from network.groups.actions.membership import add_member
from network.groups.actions.rows import (
    belongs,
    count_members,
    has_facilitator,
    locked_group,
    membership,
    person_of,
    successor,
)
from network.groups.models import Group, Membership
from network.groups.notices import tell_facilitator, tell_without_facilitator
from network.groups.queries import other_facilitators, successors
from network.subjects.rules import require
from network.subjects.viewer import Viewer

NAME_SUCCESSOR = "You are the only facilitator. Choose who takes over before you leave."


def join(*, group_id: int, viewer: Viewer) -> bool:
    """Join an open group; joining twice changes nothing. False for those who belonged already.

    Whoever joins a group that nobody runs becomes its facilitator.
    """
    group = locked_group(group_id)
    if belongs(group_id, person_of(viewer)):
        return False
    require(rules.may_join(viewer, group.id, group.openness), "This group is closed. You can ask to join it.")
    taken_over = rules.is_taken_over(group.slug, has_facilitator(group_id))
    add_member(group_id=group_id, person_id=person_of(viewer), role="facilitator" if taken_over else "member")
    if taken_over:
        record("group.take_over", actor_id=viewer.person_id, subject="group", subject_id=group.id)
    return True


def leave(*, group_id: int, viewer: Viewer, successor_id: int | None = None) -> None:
    """Leave a group, or take a request back. The last facilitator names a member who takes over.

    Where there is none, administrators are told.
    """
    group, row = locked_group(group_id), membership(group_id, person_of(viewer))
    if row is None:
        return
    if row.role == "facilitator" and not other_facilitators(group_id, row.person_id):
        _hand_over(group, viewer, successor_id)
    db.session.delete(row)
    count_members(group)


def _hand_over(group: Group, viewer: Viewer, successor_id: int | None) -> None:
    if not successors(group.id):
        leave_without_facilitator(group, by_id=person_of(viewer))
        return
    heir = successor(group.id, successor_id) if successor_id else None
    require(heir is not None, NAME_SUCCESSOR)
    assert heir is not None
    hand_over(group, heir, by_id=person_of(viewer))


def hand_over(group: Group, successor: Membership, *, by_id: int) -> None:
    """A member becomes facilitator in place of the last one, who leaves, and is told."""
    successor.role = "facilitator"
    record("group.hand_over", actor_id=by_id, subject="group", subject_id=group.id, person=successor.person_id)
    tell_facilitator(group, successor.person_id, alone=True)


def leave_without_facilitator(group: Group, *, by_id: int) -> None:
    """The last facilitator leaves, and nobody takes over: administrators are told."""
    record("group.without_facilitator", actor_id=by_id, subject="group", subject_id=group.id)
    tell_without_facilitator(group)
