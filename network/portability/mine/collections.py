"""The collections that a person keeps alone, in order and with their notes, for programs.

What is in one and may not be read now is not named; a note that they wrote on it is theirs. One that was hidden has no
words.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from network.core.clock import now
from network.core.db import db
from network.core.web.addresses import absolute
from network.library.collections.models import Collection, CollectionItem
from network.library.collections.queries import items_of
from network.portability.texts import Text, filled, time_of
from network.subjects.viewer import Viewer


def collections(viewer: Viewer) -> Iterator[Text]:
    """One file; none when they keep none."""
    mine = select(Collection).where(Collection.keeper_id == viewer.person_id).order_by(Collection.id)
    found = [_told(collection, viewer) for collection in db.session.scalars(mine).all()]
    db.session.rollback()
    if found:
        yield Text("collections.json", json.dumps(found, ensure_ascii=False, indent=1), now())


def _told(collection: Collection, viewer: Viewer) -> dict[str, Any]:
    hidden = collection.hidden_at is not None
    told = {
        "uuid": str(collection.uuid),
        "title": None if hidden else collection.title,
        "purpose": None if hidden else collection.purpose,
        "address": None if hidden else absolute(f"/collections/{collection.slug}"),
        "begun": time_of(collection.created_at),
        "changed": time_of(collection.updated_at),
        "hidden": time_of(collection.hidden_at),
        "items": None if hidden else _items(collection.id, viewer),
    }
    return filled(told)


def _items(collection_id: int, viewer: Viewer) -> list[dict[str, Any]]:
    readable = {item.id: item for item in items_of(collection_id, viewer)}
    notes = db.session.execute(
        select(CollectionItem.id, CollectionItem.note, CollectionItem.added_by)
        .where(CollectionItem.collection_id == collection_id)
        .order_by(CollectionItem.position, CollectionItem.id)
    )
    told = []
    for item_id, note, added_by in notes:
        if item := readable.get(item_id):
            told.append(filled({"title": item.title, "address": absolute(item.address), "note": note}))
        elif note and added_by == viewer.person_id:
            told.append({"note": note})
    return told
