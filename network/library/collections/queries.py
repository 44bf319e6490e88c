"""Reading collections. What is in one shows, and counts, only as far as the viewer may read it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import aliased

from network.core.db import db
from network.groups.models import Group
from network.library.collections.models import Collection, CollectionItem
from network.library.collections.rules import Standing
from network.library.events import GUIDE
from network.library.linking.queries import named
from network.library.models import KINDS, Guide, GuideTopic
from network.library.queries.visible import visible_to as guide_visible_to
from network.people.models import Person
from network.subjects.viewer import Viewer
from network.subjects.visibility import in_readable_group

_PATH = re.compile(r"/collections/([a-z0-9-]{1,90})")


class CollectionHead(NamedTuple):
    """A collection without what is in it. `keeper` is empty when the person has left."""

    id: int
    slug: str
    title: str
    purpose: str
    keeper: str
    keeper_handle: str
    group: str
    group_slug: str
    closed: bool
    created_at: datetime
    updated_at: datetime
    hidden_at: datetime | None
    hidden_reason: str
    standing: Standing

    @property
    def address(self) -> str:
        """Its page."""
        return f"/collections/{self.slug}"


class Item(NamedTuple):
    """Something in a collection that the viewer may read, or could until it was withdrawn.

    `replaced_by` is title and address of what takes its place, if the viewer may read that. `tag`, `tag_tone` and
    `uses` are those of Named.
    """

    id: int
    title: str
    address: str
    kind: str
    note: str
    withdrawn: bool = False
    replaced_by: tuple[str, str] | None = None
    tag: str = ""
    tag_tone: str = ""
    uses: int | None = None


class Choice(NamedTuple):
    """A collection that somebody keeps, and the group that keeps it with them, if one does."""

    id: int
    slug: str
    title: str
    group: str


_HEADS: Select[*tuple[Any, ...]] = (
    select(
        Collection.id,
        Collection.slug,
        Collection.title,
        Collection.purpose,
        Collection.keeper_id,
        Collection.group_id,
        Collection.created_at,
        Collection.updated_at,
        Collection.hidden_at,
        Collection.hidden_reason,
        Person.name.label("keeper"),
        Person.handle,
        Group.name.label("group"),
        Group.slug.label("group_slug"),
        Group.openness,
    )
    .outerjoin(Person, Person.id == Collection.keeper_id)
    .outerjoin(Group, Group.id == Collection.group_id)
)
_ORDER = (Collection.updated_at.desc(), Collection.id.desc())


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """The condition of every list: neither hidden nor in a closed group of others."""
    return and_(Collection.hidden_at.is_(None), in_readable_group(Collection.group_id, viewer))


def kept_by(viewer: Viewer) -> ColumnElement[bool]:
    """Their own, and those of their groups."""
    if viewer.person_id is None:
        return false()
    return or_(Collection.keeper_id == viewer.person_id, Collection.group_id.in_(sorted(viewer.group_ids)))


def collections(viewer: Viewer, *, mine: bool = False, limit: int, offset: int = 0) -> list[CollectionHead]:
    """A page of those that the viewer may read, changed last first."""
    query = _HEADS.where(visible_to(viewer), *([kept_by(viewer)] if mine else []))
    rows = db.session.execute(query.order_by(*_ORDER).limit(limit).offset(offset))
    return [_head(row) for row in rows]


def count_collections(viewer: Viewer, *, mine: bool = False) -> int:
    """How many there are."""
    query = select(func.count()).select_from(Collection)
    return db.session.scalar(query.where(visible_to(viewer), *([kept_by(viewer)] if mine else []))) or 0


def collections_by_ids(viewer: Viewer, ids: Sequence[int]) -> list[CollectionHead]:
    """Those of these that the viewer may read."""
    return [_head(row) for row in db.session.execute(_HEADS.where(Collection.id.in_(list(ids)), visible_to(viewer)))]


def collection_by_slug(slug: str) -> CollectionHead | None:
    """The collection at an address, whoever looks."""
    row = db.session.execute(_HEADS.where(Collection.slug == slug)).one_or_none()
    return _head(row) if row else None


def collection_at(path: str) -> int | None:
    """The id of the collection whose page stands at a path."""
    match = _PATH.fullmatch(path)
    return db.session.scalar(select(Collection.id).where(Collection.slug == match[1])) if match else None


def choices(viewer: Viewer) -> list[Choice]:
    """What the viewer may add to, changed last first."""
    if viewer.person_id is None:
        return []
    rows = db.session.execute(
        select(Collection.id, Collection.slug, Collection.title, func.coalesce(Group.name, ""))
        .outerjoin(Group, Group.id == Collection.group_id)
        .where(visible_to(viewer), kept_by(viewer))
        .order_by(*_ORDER)
        .limit(100)
    )
    return [Choice._make(row) for row in rows]


def items_of(collection_id: int, viewer: Viewer) -> list[Item]:
    """What is in it, in order, as far as the viewer may read it. A withdrawn guide keeps its place."""
    rows = db.session.execute(
        select(CollectionItem.id, CollectionItem.subject, CollectionItem.subject_id, CollectionItem.note)
        .where(CollectionItem.collection_id == collection_id)
        .order_by(CollectionItem.position, CollectionItem.id)
    ).all()
    readable = {
        name: named(name, [row.subject_id for row in rows if row.subject == name], viewer)
        for name in {row.subject for row in rows}
    }
    missing = [row.subject_id for row in rows if row.subject == GUIDE and row.subject_id not in readable[GUIDE]]
    gone = _withdrawn(missing, viewer) if missing else {}
    items = []
    for row in rows:
        one = readable[row.subject].get(row.subject_id)
        if one is not None:
            item = Item(row.id, one.title, one.address, one.kicker, row.note)
            items.append(item._replace(tag=one.tag, tag_tone=one.tag_tone, uses=one.uses))
        elif row.subject == GUIDE and row.subject_id in gone:
            items.append(gone[row.subject_id]._replace(id=row.id, note=row.note))
    return items


def _withdrawn(ids: Sequence[int], viewer: Viewer) -> dict[int, Item]:
    """Those of these guides that were withdrawn, and that the viewer could read before."""
    after = aliased(Guide)
    readable = and_(after.state == "published", in_readable_group(after.group_id, viewer))
    rows = db.session.execute(
        select(Guide.id, Guide.title, Guide.slug, Guide.kind, after.title, after.slug)
        .outerjoin(after, and_(after.id == Guide.superseded_by_id, readable))
        .where(Guide.id.in_(ids), Guide.state == "withdrawn", in_readable_group(Guide.group_id, viewer))
    )
    found = {}
    for id_, title, slug, kind, next_title, next_slug in rows:
        replaced_by = (next_title, f"/library/{next_slug}") if next_slug else None
        found[id_] = Item(0, title, f"/library/{slug}", KINDS[kind], "", withdrawn=True, replaced_by=replaced_by)
    return found


def of_group(group_id: int, viewer: Viewer, limit: int) -> list[CollectionHead]:
    """Those that a group keeps."""
    query = _HEADS.where(Collection.group_id == group_id, visible_to(viewer)).order_by(*_ORDER).limit(limit)
    return [_head(row) for row in db.session.execute(query)]


def of_topics(topic_ids: Sequence[int], viewer: Viewer, limit: int) -> list[CollectionHead]:
    """Those with a guide filed under one of these topics that the viewer may read."""
    filed = (
        select(CollectionItem.collection_id)
        .join(Guide, and_(CollectionItem.subject == GUIDE, Guide.id == CollectionItem.subject_id))
        .join(GuideTopic, GuideTopic.guide_id == Guide.id)
        .where(GuideTopic.topic_id.in_(list(topic_ids)), guide_visible_to(viewer))
    )
    query = _HEADS.where(Collection.id.in_(filed), visible_to(viewer)).order_by(*_ORDER).limit(limit)
    return [_head(row) for row in db.session.execute(query)]


def words_of(collection: Collection) -> dict[str, str]:
    """What its form holds."""
    return {"title": collection.title, "purpose": collection.purpose}


def _head(row: Any) -> CollectionHead:
    return CollectionHead(
        id=row.id,
        slug=row.slug,
        title=row.title,
        purpose=row.purpose,
        keeper=row.keeper or "",
        keeper_handle=row.handle or "",
        group=row.group or "",
        group_slug=row.group_slug or "",
        closed=row.openness == "closed",
        created_at=row.created_at,
        updated_at=row.updated_at,
        hidden_at=row.hidden_at,
        hidden_reason=row.hidden_reason,
        standing=Standing(row.keeper_id, row.group_id, row.openness, row.hidden_at is not None),
    )


def item_id_of(collection_id: int, subject: str, subject_id: int) -> int | None:
    """Where something is in a collection."""
    return db.session.scalar(
        select(CollectionItem.id).where(
            CollectionItem.collection_id == collection_id,
            CollectionItem.subject == subject,
            CollectionItem.subject_id == subject_id,
        )
    )


def groups_to_keep(viewer: Viewer) -> list[tuple[str, str]]:
    """Id and words of the viewer's groups, for the choice of who keeps a collection."""
    rows = db.session.execute(
        select(Group.id, Group.name, Group.openness).where(Group.id.in_(sorted(viewer.group_ids))).order_by(Group.name)
    )
    closed = " (closed: only members can read it)"
    return [(str(id_), f"The members of {name}{closed * (openness == 'closed')}") for id_, name, openness in rows]
