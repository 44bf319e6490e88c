"""What people do with collections. All of these run inside a transaction and commit nothing."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, func, select

from network.audit.actions import record
from network.core.clock import now
from network.core.db import db
from network.core.events import publish
from network.core.stale import require_unchanged
from network.groups.models import Group
from network.library.collections import rules
from network.library.collections.addresses import new_slug
from network.library.collections.events import COLLECTION, CollectionChanged
from network.library.collections.models import MOST_ITEMS, Collection, CollectionItem
from network.library.collections.queries import items_of, words_of
from network.library.collections.rules import Standing
from network.library.events import GUIDE
from network.library.linking.keeping import count_links
from network.library.linking.queries import named
from network.subjects.rules import require
from network.subjects.viewer import Viewer

NOT_YOURS = "Only those who keep this collection can change it."
GONE = "This is not in the collection any more."
FULL = f"A collection holds up to {MOST_ITEMS} guides and discussions. Take one out, or begin another collection."
HOLDS = ("guide", "discussion")
"""The subjects that can be in a collection."""


class Thing(NamedTuple):
    """Something that can be in a collection: a guide or a discussion by its id."""

    subject: str
    id: int


def begin(
    *, viewer: Viewer, title: str, purpose: str, group_id: int | None = None, at: datetime | None = None
) -> Collection:
    """A new collection of the viewer's, or of a group of theirs."""
    require(rules.may_begin(viewer, group_id), "Sign in, and join the group, to begin a collection.")
    moment = at or now()
    collection = Collection(
        slug=new_slug(title, closed=_openness(group_id) == "closed"),
        title=title,
        purpose=purpose,
        keeper_id=viewer.person_id if group_id is None else None,
        group_id=group_id,
        created_by=viewer.person_id,
        created_at=moment,
        updated_at=moment,
    )
    db.session.add(collection)
    db.session.flush()
    _note("begin", collection, viewer)
    return collection


def change(*, viewer: Viewer, collection_id: int, base: str, title: str, purpose: str) -> Collection:
    """Another title or purpose. Raises ChangedMeanwhile when they are not what the form began from."""
    collection = _to_keep(viewer, collection_id)
    require_unchanged(base, words_of(collection))
    collection.title, collection.purpose = title, purpose
    _touch(collection)
    _note("change", collection, viewer)
    return collection


def add(*, viewer: Viewer, collection_id: int, thing: Thing, note: str = "", at: datetime | None = None) -> bool:
    """Put something that the viewer can read at the end; False when it is there already."""
    collection = _to_keep(viewer, collection_id)
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
    _touch(collection, at)
    _note("add", collection, viewer, thing)
    _count(thing)
    return True


def say(*, viewer: Viewer, collection_id: int, item_id: int, base: str, note: str) -> None:
    """Another note. Raises ChangedMeanwhile when the note is not what the form began from."""
    collection = _to_keep(viewer, collection_id)
    item = _item(viewer, collection_id, item_id)
    require_unchanged(base, {"note": item.note})
    item.note = note
    _touch(collection)
    _note("say", collection, viewer, Thing(item.subject, item.subject_id))


def move(*, viewer: Viewer, collection_id: int, item_id: int, up: bool) -> None:
    """One place up or down among what the viewer can read; at the end of the list nothing happens."""
    collection = _to_keep(viewer, collection_id)
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
    _touch(collection)
    _note("move", collection, viewer, Thing(item.subject, item.subject_id))


def take_out(*, viewer: Viewer, collection_id: int, item_id: int) -> None:
    """Take something out; what is out already needs nothing."""
    collection = _to_keep(viewer, collection_id)
    item = _item(viewer, collection_id, item_id)
    thing = Thing(item.subject, item.subject_id)
    db.session.delete(item)
    db.session.flush()
    _touch(collection)
    _note("take_out", collection, viewer, thing)
    _count(thing)


def take_away(*, viewer: Viewer, collection_id: int) -> None:
    """The whole list goes; what was in it stays where it is."""
    collection = _collection(collection_id)
    require(rules.may_take_away(viewer, standing(collection)), "Only who keeps this collection can take it away.")
    guides = db.session.scalars(
        select(CollectionItem.subject_id).where(
            CollectionItem.collection_id == collection_id, CollectionItem.subject == GUIDE
        )
    ).all()
    _note("take_away", collection, viewer)
    db.session.execute(delete(CollectionItem).where(CollectionItem.collection_id == collection_id))
    db.session.delete(collection)
    db.session.flush()
    count_links(guides)


def hide(*, viewer: Viewer, collection_id: int, reason: str) -> None:
    """A moderator hides it, with a reason that stands in its place."""
    collection = _collection(collection_id)
    require(rules.may_hide(viewer, standing(collection)), "Only moderators can hide this.")
    collection.hidden_at, collection.hidden_by, collection.hidden_reason = now(), viewer.person_id, reason
    collection.revision += 1
    _note("hide", collection, viewer)


def standing(collection: Collection) -> Standing:
    """What the rules ask of it."""
    return Standing(
        collection.keeper_id,
        collection.group_id,
        _openness(collection.group_id),
        collection.hidden_at is not None,
    )


def _openness(group_id: int | None) -> str | None:
    return None if group_id is None else db.session.scalars(select(Group.openness).where(Group.id == group_id)).one()


def _collection(collection_id: int) -> Collection:
    row = db.session.get(Collection, collection_id, with_for_update=True, populate_existing=True)
    require(row is not None, "This collection is gone.")
    assert row is not None
    return row


def _to_keep(viewer: Viewer, collection_id: int) -> Collection:
    collection = _collection(collection_id)
    require(rules.may_keep(viewer, standing(collection)), NOT_YOURS)
    return collection


def _item(viewer: Viewer, collection_id: int, item_id: int) -> CollectionItem:
    """The item, if it is in this collection and the viewer can read it."""
    item = db.session.get(CollectionItem, item_id, populate_existing=True)
    here = item is not None and item.collection_id == collection_id
    require(here and item_id in [one.id for one in items_of(collection_id, viewer)], GONE)
    assert item is not None
    return item


def _touch(collection: Collection, at: datetime | None = None) -> None:
    collection.updated_at = at or now()
    collection.revision += 1


def _note(act: str, collection: Collection, viewer: Viewer, thing: Thing | None = None) -> None:
    """Into the audit log, of which the history of the collection is made, and to the index."""
    about = {"item": thing.subject, "item_id": thing.id} if thing else {}
    record(f"collection.{act}", actor_id=viewer.person_id, subject=COLLECTION, subject_id=collection.id, **about)
    publish(CollectionChanged(COLLECTION, collection.id))


def _count(thing: Thing) -> None:
    if thing.subject == GUIDE:
        db.session.flush()
        count_links([thing.id])
