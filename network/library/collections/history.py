"""Who changed what in a collection, for those who keep it together: read from the audit log."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from network.audit.models import AuditEntry
from network.core.db import db
from network.library.collections.events import COLLECTION
from network.library.linking.queries import named
from network.people.models import Person
from network.subjects.viewer import Viewer

ACTS = {
    "begin": "started the collection",
    "change": "changed its title or purpose",
    "add": "added",
    "say": "changed the note on",
    "move": "moved",
    "take_out": "took out",
    "hide": "hid the collection",
}
MOST = 200


class Act(NamedTuple):
    """One change. `title` and `address` are empty for one of the whole collection."""

    at: datetime
    who: str
    handle: str
    did: str
    title: str
    address: str


def acts_of(collection_id: int, viewer: Viewer) -> list[Act]:
    """The newest first; what concerns something that the viewer may not read is left out."""
    rows = db.session.execute(
        select(AuditEntry.at, AuditEntry.act, AuditEntry.detail, Person.name, Person.handle)
        .outerjoin(Person, Person.id == AuditEntry.actor_id)
        .where(AuditEntry.subject == COLLECTION, AuditEntry.subject_id == collection_id)
        .order_by(AuditEntry.id.desc())
        .limit(MOST)
    ).all()
    things = {(row.detail["item"], row.detail["item_id"]) for row in rows if "item" in row.detail}
    readable = {
        (name, row_id): one
        for name in {name for name, _ in things}
        for row_id, one in named(name, [row_id for of, row_id in things if of == name], viewer).items()
    }
    acts = []
    for row in rows:
        thing = readable.get((row.detail.get("item"), row.detail.get("item_id")))
        if "item" in row.detail and thing is None:
            continue
        did = ACTS.get(row.act.partition(".")[2], "")
        title, address = (thing.title, thing.address) if thing else ("", "")
        acts.append(Act(row.at, row.name or "A former member", row.handle or "", did, title, address))
    return acts
