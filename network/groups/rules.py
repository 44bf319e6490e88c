"""Who may do what in a group. A moderator or administrator has no say in a closed group that they are not in."""

from __future__ import annotations

from network.groups.models import ASK_ANYONE
from network.subjects.viewer import Viewer
from network.subjects.visibility import CLOSED, may_read_group_content


def may_start(viewer: Viewer) -> bool:
    """Every member may start a group."""
    return viewer.signed_in


def may_see_inside(viewer: Viewer, group_id: int, openness: str) -> bool:
    """Discussions, members, and how many of either. Name, purpose, facilitators and reason are for everybody."""
    return may_read_group_content(viewer, group_id, openness)


def may_post(viewer: Viewer, group_id: int, openness: str) -> bool:
    """Any member may ask, answer and post in an open group without joining it."""
    return viewer.signed_in and may_see_inside(viewer, group_id, openness)


def may_announce(viewer: Viewer, group_id: int) -> bool:
    """Announcements are the facilitators'."""
    return group_id in viewer.facilitated_ids


def may_join(viewer: Viewer, group_id: int, openness: str) -> bool:
    """Joining an open group is one click."""
    return viewer.signed_in and openness != CLOSED and group_id not in viewer.group_ids


def is_taken_over(slug: str, has_facilitator: bool) -> bool:
    """Does whoever joins become facilitator? Where nobody is one; “Ask anyone” is looked after by moderators."""
    return not has_facilitator and slug != ASK_ANYONE


def may_request(viewer: Viewer, group_id: int, openness: str) -> bool:
    """Joining a closed group is a request that a facilitator answers."""
    return viewer.signed_in and openness == CLOSED and group_id not in viewer.group_ids


def may_manage(viewer: Viewer, group_id: int, openness: str) -> bool:
    """Membership, roles and the group's own words: facilitators, and administrators in open groups."""
    return group_id in viewer.facilitated_ids or (viewer.is_administrator and openness != CLOSED)


def may_close(viewer: Viewer, group_id: int, openness: str, slug: str) -> bool:
    """An open group may be closed, never the other way round. “Ask anyone” stays open: every site has it."""
    return openness != CLOSED and slug != ASK_ANYONE and may_manage(viewer, group_id, openness)


def keeps_order(viewer: Viewer, group_id: int, openness: str) -> bool:
    """Hiding posts and accepting answers of others: facilitators, and moderators where they may read."""
    return group_id in viewer.facilitated_ids or (viewer.is_moderator and may_see_inside(viewer, group_id, openness))
