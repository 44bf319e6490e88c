"""The one visibility rule, in its three spellings: a predicate, a query condition, and an audience term.

Content has no audience column that could be wrong: it belongs to a group or to none, and the group is open or closed.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, column, or_, select, table, true
from sqlalchemy.orm import InstrumentedAttribute

from network.core.prepared import each
from network.subjects.viewer import Viewer

PUBLIC = "public"

# Named here by their table, because groups stand above subjects in the order of imports.
_groups = table("groups", column("id"), column("openness"))
CLOSED = "closed"


def may_read_group_content(viewer: Viewer, group_id: int | None, openness: str | None) -> bool:
    """May the viewer read what is in this group? Content without a group is public."""
    return group_id is None or openness != CLOSED or group_id in viewer.group_ids


def in_readable_group(group_id: InstrumentedAttribute[Any], viewer: Viewer) -> ColumnElement[bool]:
    """The same as a condition on a column that holds a group's id or NULL."""
    hidden = select(_groups.c.id).where(_groups.c.openness == CLOSED)
    if viewer.group_ids:
        hidden = hidden.where(_groups.c.id.not_in(each(sorted(viewer.group_ids))))
    return or_(group_id.is_(None), group_id.not_in(hidden))


def in_public_group(group_id: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """Content that everybody may read: what numbers shown outside a closed group may count."""
    return in_readable_group(group_id, Viewer())


def audience_term(group_id: int | None, openness: str | None) -> str:
    """The same as the search index spells it."""
    return f"group:{group_id}" if group_id is not None and openness == CLOSED else PUBLIC


def everything() -> ColumnElement[bool]:
    """A condition that holds for all rows, for subjects that are always public."""
    return true()
