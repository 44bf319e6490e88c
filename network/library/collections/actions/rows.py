"""What every act on a collection needs: the locked row, what the rules ask of it, and the note of the act."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from network.audit.actions import record
from network.core.clock import now
from network.core.db import db
from network.core.events import publish
from network.groups.models import Group
from network.library.collections import rules
from network.library.collections.events import COLLECTION, CollectionChanged
from network.library.collections.models import Collection
from network.library.collections.rules import Standing
from network.subjects.rules import require
from network.subjects.viewer import Viewer

NOT_YOURS = "Only those who keep this collection can change it."


class Thing(NamedTuple):
    """Something that can be in a collection: a guide or a discussion by its id."""

    subject: str
    id: int


def standing(collection: Collection) -> Standing:
    """What the rules ask of it."""
    return Standing(
        collection.keeper_id,
        collection.group_id,
        openness_of(collection.group_id),
        collection.hidden_at is not None,
    )


def openness_of(group_id: int | None) -> str | None:
    """Whether a group is open or closed; None without one."""
    return None if group_id is None else db.session.scalars(select(Group.openness).where(Group.id == group_id)).one()


def locked(collection_id: int) -> Collection:
    """The collection, to change it. Raises NotAllowed when it is gone."""
    row = db.session.get(Collection, collection_id, with_for_update=True, populate_existing=True)
    require(row is not None, "This collection is gone.")
    assert row is not None
    return row


def to_keep(viewer: Viewer, collection_id: int) -> Collection:
    """The same for somebody who keeps it."""
    collection = locked(collection_id)
    require(rules.may_keep(viewer, standing(collection)), NOT_YOURS)
    return collection


def touch(collection: Collection, at: datetime | None = None) -> None:
    """It changed."""
    collection.updated_at = at or now()
    collection.revision += 1


def note_act(act: str, collection: Collection, viewer: Viewer, thing: Thing | None = None) -> None:
    """Into the audit log, of which the history of the collection is made, and to the index."""
    about = {"item": thing.subject, "item_id": thing.id} if thing else {}
    record(f"collection.{act}", actor_id=viewer.person_id, subject=COLLECTION, subject_id=collection.id, **about)
    publish(CollectionChanged(COLLECTION, collection.id))
