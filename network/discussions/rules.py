"""Who may do what to a discussion. Who may read it at all is the group's rule."""

from __future__ import annotations

from datetime import datetime

from network.groups import rules as group_rules
from network.subjects.viewer import Viewer


def may_read(viewer: Viewer, group_id: int, openness: str, withdrawn_at: datetime | None) -> bool:
    """What is in an open group is for everybody, in a closed one for its members; withdrawn ones nobody reads."""
    return withdrawn_at is None and group_rules.may_see_inside(viewer, group_id, openness)


def may_start(viewer: Viewer, kind: str, group_id: int, openness: str) -> bool:
    """Any member may ask and discuss where they may read; announcements are the facilitators'."""
    if kind == "announcement":
        return group_rules.may_announce(viewer, group_id)
    return group_rules.may_post(viewer, group_id, openness)


def may_reply(viewer: Viewer, group_id: int, openness: str, withdrawn_at: datetime | None) -> bool:
    """Any member who may read it, without joining the group."""
    return viewer.signed_in and may_read(viewer, group_id, openness, withdrawn_at)


def may_edit(viewer: Viewer, author_id: int | None, withdrawn_at: datetime | None) -> bool:
    """Title and topics are their author's."""
    return viewer.person_id is not None and viewer.person_id == author_id and withdrawn_at is None


def may_accept(viewer: Viewer, *, kind: str, author_id: int | None, group_id: int, openness: str) -> bool:
    """Whoever asked says what answered the question; so may those who keep order in the group."""
    if kind != "question" or not group_rules.may_post(viewer, group_id, openness):
        return False
    return viewer.person_id == author_id or group_rules.keeps_order(viewer, group_id, openness)


def may_be_accepted(number: int, withdrawn_at: datetime | None) -> bool:
    """A reply that stands; the question itself is no answer."""
    return number > 1 and withdrawn_at is None
