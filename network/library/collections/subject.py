"""What search and other features need to know of collections.

The index holds title and purpose alone: a note may speak of something that fewer people may read than the collection.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from network.core.db import db
from network.core.web.templating import day
from network.groups.models import Group
from network.library.collections import rules
from network.library.collections.events import COLLECTION
from network.library.collections.models import Collection
from network.library.collections.queries import CollectionHead, collection_at, collections_by_ids, visible_to
from network.library.collections.rules import Standing
from network.subjects.names import hue, initials
from network.subjects.registry import Card, Entry, Named, Subject
from network.subjects.titles import by_title
from network.subjects.viewer import Viewer
from network.subjects.visibility import audience_term

LABEL = "Collection"
_STANDS = Collection.hidden_at.is_(None)


def entries(ids: Sequence[int]) -> Iterable[Entry]:
    """Title and purpose of those that stand."""
    rows = db.session.execute(
        select(Collection, Group.openness, Group.slug)
        .outerjoin(Group, Group.id == Collection.group_id)
        .where(_STANDS, Collection.id.in_(list(ids)))
    )
    for collection, openness, group_slug in rows:
        yield Entry(
            id=collection.id,
            revision=collection.revision,
            title=collection.title,
            audience=audience_term(collection.group_id, openness),
            created=collection.created_at,
            updated=collection.updated_at,
            summary=collection.purpose,
            facets={"kind": (COLLECTION,), "group": (group_slug,) if group_slug else ()},
        )


def revisions() -> Mapping[int, int]:
    """Every one that should be found."""
    return {
        row.id: row.revision for row in db.session.execute(select(Collection.id, Collection.revision).where(_STANDS))
    }


def in_group(group_id: int) -> Sequence[int]:
    """Those that a group keeps."""
    return list(db.session.scalars(select(Collection.id).where(_STANDS, Collection.group_id == group_id)))


def cards(ids: Sequence[int], viewer: Viewer) -> Mapping[int, Card]:
    """Those that the viewer may read, as results show them."""
    return {head.id: _card(head) for head in collections_by_ids(viewer, ids)}


def named(ids: Sequence[int], viewer: Viewer) -> Mapping[int, Named]:
    """Titles and addresses of those that the viewer may read."""
    rows = db.session.execute(
        select(Collection.id, Collection.title, Collection.slug).where(Collection.id.in_(list(ids)), visible_to(viewer))
    )
    return {row.id: Named(row.title, f"/collections/{row.slug}", LABEL) for row in rows}


def may_read(viewer: Viewer, collection_id: int) -> bool:
    """The second check of one."""
    row = db.session.execute(
        select(Collection.keeper_id, Collection.group_id, Group.openness, Collection.hidden_at.is_not(None))
        .outerjoin(Group, Group.id == Collection.group_id)
        .where(Collection.id == collection_id)
    ).one_or_none()
    return row is not None and rules.may_read(viewer, Standing(*row))


def _card(head: CollectionHead) -> Card:
    by = head.group or head.keeper
    return Card(
        id=head.id,
        title=head.title,
        address=head.address,
        kicker=LABEL,
        text=head.purpose,
        byline=f"Kept by {by}" if by else "",
        initials=initials(by),
        hue=hue(head.standing.group_id or head.standing.keeper_id or 0),
        shape="square" if head.group else "",
        facts=(*((f"For members of {head.group}",) if head.closed else ()), f"Changed {day(head.updated_at)}"),
    )


SUBJECT = Subject(
    name=COLLECTION,
    label=LABEL,
    plural="Collections",
    entries=entries,
    revisions=revisions,
    in_group=in_group,
    cards=cards,
    may_read=may_read,
    by_title=by_title(Collection.id, Collection.title, visible_to),
    named=named,
    at_path=collection_at,
)
