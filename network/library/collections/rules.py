"""Who may do what with a collection: pure predicates."""

from __future__ import annotations

from dataclasses import dataclass

from network.subjects.viewer import Viewer
from network.subjects.visibility import may_read_group_content


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rules ask of a collection. A person keeps it, or a group; `openness` is that of the group."""

    keeper_id: int | None = None
    group_id: int | None = None
    openness: str | None = None
    hidden: bool = False


def may_know(viewer: Viewer, collection: Standing) -> bool:
    """May the viewer learn that it exists? It is as visible as its group, and public without one."""
    return may_read_group_content(viewer, collection.group_id, collection.openness)


def may_read(viewer: Viewer, collection: Standing) -> bool:
    """A hidden one is read by nobody."""
    return may_know(viewer, collection) and not collection.hidden


def _is_left(viewer: Viewer, collection: Standing) -> bool:
    """Who kept it alone has left: administrators look after it."""
    return viewer.is_administrator and collection.keeper_id is None and collection.group_id is None


def may_keep(viewer: Viewer, collection: Standing) -> bool:
    """Whose it is: the person's, or every member's of the group; an administrator's when its keeper has left."""
    keeps = viewer.person_id is not None and viewer.person_id == collection.keeper_id
    return may_read(viewer, collection) and (
        keeps or collection.group_id in viewer.group_ids or _is_left(viewer, collection)
    )


def may_take_away(viewer: Viewer, collection: Standing) -> bool:
    """The person who keeps it, or a facilitator of the group; an administrator when its keeper has left."""
    keeps = viewer.person_id is not None and viewer.person_id == collection.keeper_id
    return may_read(viewer, collection) and (
        keeps or collection.group_id in viewer.facilitated_ids or _is_left(viewer, collection)
    )


def may_hide(viewer: Viewer, collection: Standing) -> bool:
    """Moderators, where they can read it."""
    return viewer.is_moderator and may_read(viewer, collection)


def may_begin(viewer: Viewer, group_id: int | None) -> bool:
    """Every member for themselves; for a group its members."""
    return viewer.signed_in and (group_id is None or group_id in viewer.group_ids)
