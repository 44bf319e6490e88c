"""Lists of groups: the page of all, a person's, a topic's, and those like a name.

Every group is listed for everybody. Of a closed group that the viewer is not in, no number and no date of what is
inside shows, and its place in a list does not follow what happens inside either.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, bindparam, case, func, or_, select, true

from network.core.db import db
from network.core.prepared import Prepared, each
from network.core.web.pagination import Page, offset
from network.groups.models import Group, GroupTopic, Membership
from network.groups.viewers import BELONGS
from network.subjects.viewer import Viewer
from network.subjects.visibility import in_readable_group

PER_PAGE = 20


class GroupRow(NamedTuple):
    """A group in a list; the three numbers are None where the viewer may not see inside."""

    id: int
    slug: str
    name: str
    purpose: str
    openness: str
    closed_reason: str
    member_count: int | None
    discussion_count: int | None
    last_active_at: datetime | None
    joined: bool

    @property
    def address(self) -> str:
        """The group's page."""
        return f"/groups/{self.slug}"


_COLUMNS = (
    Group.id,
    Group.slug,
    Group.name,
    Group.purpose,
    Group.openness,
    Group.closed_reason,
    Group.member_count,
    Group.discussion_count,
    Group.last_active_at,
)


def groups_page(tab: str, viewer: Viewer, page: int) -> Page[GroupRow]:
    """A page of a tab: "busy", "yours", "new" or "a-z"."""
    query = select(*_COLUMNS).order_by(*_order(tab, viewer))
    wanted: ColumnElement[bool] = Group.id.in_(sorted(viewer.group_ids)) if tab == "yours" else true()
    total = len(viewer.group_ids) if tab == "yours" else db.session.scalar(select(func.count()).select_from(Group)) or 0
    rows = _rows(query.where(wanted).limit(PER_PAGE).offset(offset(page, PER_PAGE)), viewer)
    return Page(rows, page, PER_PAGE, total)


def busy_groups(viewer: Viewer, limit: int = 3) -> list[GroupRow]:
    """Groups in which something happened last, for the home page."""
    return [_row(tuple(row), viewer) for row in _busy(viewer, limit).rows()]


@lru_cache(maxsize=64)
def _busy(viewer: Viewer, limit: int) -> Prepared:
    """Kept for the next look: building a query costs more than running it."""
    return Prepared(select(*_COLUMNS).order_by(*_order("busy", viewer)).limit(limit))


def my_groups(viewer: Viewer, limit: int = 50) -> list[GroupRow]:
    """The viewer's own groups by name."""
    if not viewer.group_ids:
        return []
    return [_row(tuple(row), viewer) for row in _mine(viewer.group_ids, limit).rows()]


@lru_cache(500)
def _mine(group_ids: frozenset[int], limit: int) -> Prepared:
    mine = Group.id.in_(each(sorted(group_ids)))
    return Prepared(select(*_COLUMNS).where(mine).order_by(func.lower(Group.name), Group.id).limit(limit))


def groups_of_person(person_id: int, viewer: Viewer, limit: int = 50) -> list[GroupRow]:
    """The groups of a person by name, as far as the viewer may know of the membership."""
    rows = _of_person(viewer.group_ids).rows(person_id=person_id, limit=limit)
    return [_row(tuple(row), viewer) for row in rows]


@lru_cache(500)
def _of_person(group_ids: frozenset[int]) -> Prepared:
    viewer = Viewer(group_ids=group_ids)
    return Prepared(
        select(*_COLUMNS)
        .join(Membership, Membership.group_id == Group.id)
        .where(Membership.person_id == bindparam("person_id"), Membership.role.in_(each(BELONGS)))
        .where(in_readable_group(Group.id, viewer))
        .order_by(*_order("a-z", viewer))
        .limit(bindparam("limit", type_=Integer))
    )


def groups_of_topics(topic_ids: Sequence[int], viewer: Viewer, limit: int = 20) -> list[GroupRow]:
    """Groups about any of these topics, by name."""
    about = select(GroupTopic.group_id).where(GroupTopic.topic_id.in_(topic_ids))
    query = select(*_COLUMNS).where(Group.id.in_(about))
    return _rows(query.order_by(*_order("a-z", viewer)).limit(limit), viewer)


def groups_like(name: str, viewer: Viewer, limit: int = 5) -> list[GroupRow]:
    """Groups whose name or purpose has one of the longer words of this name, those with it in the name first."""
    words = sorted({word for word in name.lower().split() if len(word) > 3}, key=len, reverse=True)[:5]
    if not words:
        return []
    in_name = or_(*(func.lower(Group.name).contains(word, autoescape=True) for word in words))
    in_purpose = or_(*(func.lower(Group.purpose).contains(word, autoescape=True) for word in words))
    query = select(*_COLUMNS).where(or_(in_name, in_purpose))
    return _rows(query.order_by(case((in_name, 0), else_=1), func.lower(Group.name)).limit(limit), viewer)


def _order(tab: str, viewer: Viewer) -> tuple[Any, ...]:
    if tab == "new":
        return (Group.created_at.desc(), Group.id.desc())
    if tab in ("a-z", "yours"):
        return (func.lower(Group.name), Group.id)
    active = case((in_readable_group(Group.id, viewer), Group.last_active_at), else_=Group.created_at)
    return (active.desc(), Group.id.desc())


def _rows(query: Select[*tuple[Any, ...]], viewer: Viewer) -> list[GroupRow]:
    return [_row(tuple(row), viewer) for row in db.session.execute(query)]


def _row(row: tuple[Any, ...], viewer: Viewer) -> GroupRow:
    joined = row[0] in viewer.group_ids
    if row[4] == "closed" and not joined:
        return GroupRow._make((*row[:6], None, None, None, joined))
    return GroupRow._make((*row, joined))
