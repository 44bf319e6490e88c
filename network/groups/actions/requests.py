"""Requests to join a closed group, and their answers. Whoever waits for an answer, or has to give one, gets a mail."""

from __future__ import annotations

from datetime import timedelta

from network.audit.actions import record
from network.core.clock import now
from network.core.db import db
from network.groups import rules
from network.groups.actions.membership import add_member, managed, take_out
from network.groups.actions.rows import belongs, locked_group, membership, person_of
from network.groups.models import AskedToJoin
from network.groups.notices import tell_accepted, tell_declined, tell_of_request
from network.subjects.rules import require
from network.subjects.viewer import Viewer

QUIET = timedelta(days=1)
"""So long nothing is mailed about another request of the same person: one that is taken back and sent again is one."""


def ask_to_join(*, group_id: int, viewer: Viewer, message: str) -> bool:
    """Ask to join a closed group: its facilitators are told. False for those who belong to it already.

    Another message from whoever waits takes the place of the first, not their place among those who wait.
    """
    group, person_id = locked_group(group_id), person_of(viewer)
    if belongs(group_id, person_id):
        return False
    require(rules.may_request(viewer, group.id, group.openness), "This group is open. You can join it at once.")
    waiting = membership(group_id, person_id)
    since = waiting.since if waiting is not None and waiting.role == "requested" else None
    add_member(group_id=group_id, person_id=person_id, role="requested", message=message, at=since)
    asked = _asked(group_id, person_id)
    asked.declined_at, asked.reason = None, ""
    if asked.told_at is None or asked.told_at <= now() - QUIET:
        asked.told_at = now()
        tell_of_request(group, person_id, message)
    return True


def accept_request(*, group_id: int, viewer: Viewer, person_id: int) -> bool:
    """Let somebody in who asked, and tell them. False when the request is no longer there."""
    group = managed(group_id, viewer)
    if not _waits(group_id, person_id):
        return False
    record("group.request.accept", actor_id=viewer.person_id, subject="group", subject_id=group.id, person=person_id)
    add_member(group_id=group_id, person_id=person_id)
    db.session.delete(_asked(group_id, person_id))
    tell_accepted(group, person_id)
    return True


def decline_request(*, group_id: int, viewer: Viewer, person_id: int, reason: str) -> bool:
    """Say no, with a reason that the person reads. False when the request is no longer there."""
    group, row = managed(group_id, viewer), membership(group_id, person_id)
    if row is None or row.role != "requested":
        return False
    record("group.request.decline", actor_id=viewer.person_id, subject="group", subject_id=group.id, person=person_id)
    take_out(group, row)
    asked = _asked(group_id, person_id)
    asked.declined_at, asked.reason = now(), reason
    tell_declined(group, person_id, reason)
    return True


def _waits(group_id: int, person_id: int) -> bool:
    row = membership(group_id, person_id)
    return row is not None and row.role == "requested"


def _asked(group_id: int, person_id: int) -> AskedToJoin:
    """The row about this person's request; requests from before there were such rows have none yet."""
    row = db.session.get(AskedToJoin, (group_id, person_id), populate_existing=True)
    if row is None:
        row = AskedToJoin(group_id=group_id, person_id=person_id)
        db.session.add(row)
        db.session.flush()
    return row
