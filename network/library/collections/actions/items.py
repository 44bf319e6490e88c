"""Putting things into a collection, in order and with notes, and taking them out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from network.core.clock import now
from network.core.db import db
from network.core.stale import require_unchanged
from network.library.collections.actions.rows import Thing, note_act, to_keep, touch
from network.library.collections.models import MOST_ITEMS, CollectionItem
from network.library.collections.queries import items_of
from network.library.events import GUIDE
from network.library.linking.keeping import count_links
from network.library.linking.queries import named
from network.subjects.rules import require
from network.subjects.viewer import Viewer

FULL = f"A collection holds up to {MOST_ITEMS} guides and discussions. Take one out, or begin another collection."
GONE = "This is not in the collection any more."
HOLDS = ("guide", "discussion")
"""The subjects that can be in a collection."""


def add(*, viewer: Viewer, collection_id: int, thing: Thing, note: str = "", at: datetime | None = None) -> bool:
    """Put something that the viewer can read at the end; False when it is there already."""
    collection = to_keep(viewer, collection_id)
    readable = thing.subject in HOLDS and thing.id in named(thing.subject, [thing.id], viewer)
    require(readable, "You can add guides and discussions that you can read.")
    mine = CollectionItem.collection_id == collection_id
    there = select(CollectionItem.id).where(
        mine, CollectionItem.subject == thing.subject, CollectionItem.subject_id == thing.id
    )
    if db.session.scalar(there) is not None:
        return False
    count, last = db.session.execute(select(func.count(), func.max(CollectionItem.position)).where(mine)).one()
    require(count < MOST_ITEMS, FULL)
    db.session.add(
        CollectionItem(
            collection_id=collection_id,
            subject=thing.subject,
            subject_id=thing.id,
            position=(last or 0) + 1,
            note=note,
            added_by=viewer.person_id,
            added_at=at or now(),
        )
    )
    touch(collection, at)
    note_act("add", collection, viewer, thing)
    _count(thing)
    return True


def say(*, viewer: Viewer, collection_id: int, item_id: int, base: str, note: str) -> None:
    """Another note. Raises ChangedMeanwhile when the note is not what the form began from."""
    collection = to_keep(viewer, collection_id)
    item = _item(viewer, collection_id, item_id)
    require_unchanged(base, {"note": item.note})
    item.note = note
    touch(collection)
    note_act("say", collection, viewer, Thing(item.subject, item.subject_id))


def move(*, viewer: Viewer, collection_id: int, item_id: int, up: bool) -> None:
    """One place up or down among what the viewer can read; at the end of the list nothing happens."""
    collection = to_keep(viewer, collection_id)
    item = _item(viewer, collection_id, item_id)
    order = list(
        db.session.scalars(
            select(CollectionItem)
            .where(CollectionItem.collection_id == collection_id)
            .order_by(CollectionItem.position, CollectionItem.id)
        )
    )
    seen = [one.id for one in items_of(collection_id, viewer)]
    place = seen.index(item_id) + (-1 if up else 1)
    if not 0 <= place < len(seen):
        return
    order.remove(item)
    beside = next(number for number, one in enumerate(order) if one.id == seen[place])
    order.insert(beside if up else beside + 1, item)
    for position, one in enumerate(order, start=1):
        one.position = position
    touch(collection)
    note_act("move", collection, viewer, Thing(item.subject, item.subject_id))


def take_out(*, viewer: Viewer, collection_id: int, item_id: int) -> None:
    """Take something out; what is out already needs nothing."""
    collection = to_keep(viewer, collection_id)
    item = _item(viewer, collection_id, item_id)
    thing = Thing(item.subject, item.subject_id)
    db.session.delete(item)
    db.session.flush()
    touch(collection)
    note_act("take_out", collection, viewer, thing)
    _count(thing)


def _item(viewer: Viewer, collection_id: int, item_id: int) -> CollectionItem:
    """The item, if it is in this collection and the viewer can read it."""
    item = db.session.get(CollectionItem, item_id, populate_existing=True)
    here = item is not None and item.collection_id == collection_id
    require(here and item_id in [one.id for one in items_of(collection_id, viewer)], GONE)
    assert item is not None
    return item


def _count(thing: Thing) -> None:
    if thing.subject == GUIDE:
        db.session.flush()
        count_links([thing.id])
