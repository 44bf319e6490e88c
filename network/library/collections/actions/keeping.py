"""Beginning, changing, taking away and hiding a collection."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from network.core.clock import now
from network.core.db import db
from network.core.stale import require_unchanged
from network.library.collections import rules
from network.library.collections.actions.rows import locked, note_act, openness_of, standing, to_keep, touch
from network.library.collections.addresses import new_slug
from network.library.collections.models import Collection, CollectionItem
from network.library.collections.queries import words_of
from network.library.events import GUIDE
from network.library.linking.keeping import count_links
from network.subjects.rules import require
from network.subjects.viewer import Viewer


def begin(
    *, viewer: Viewer, title: str, purpose: str, group_id: int | None = None, at: datetime | None = None
) -> Collection:
    """A new collection of the viewer's, or of a group of theirs."""
    require(rules.may_begin(viewer, group_id), "Sign in, and join the group, to begin a collection.")
    moment = at or now()
    collection = Collection(
        slug=new_slug(title, closed=openness_of(group_id) == "closed"),
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
    note_act("begin", collection, viewer)
    return collection


def change(*, viewer: Viewer, collection_id: int, base: str, title: str, purpose: str) -> Collection:
    """Another title or purpose. Raises ChangedMeanwhile when they are not what the form began from."""
    collection = to_keep(viewer, collection_id)
    require_unchanged(base, words_of(collection))
    collection.title, collection.purpose = title, purpose
    touch(collection)
    note_act("change", collection, viewer)
    return collection


def take_away(*, viewer: Viewer, collection_id: int) -> None:
    """The whole list goes; what was in it stays where it is."""
    collection = locked(collection_id)
    require(rules.may_take_away(viewer, standing(collection)), "Only who keeps this collection can take it away.")
    guides = db.session.scalars(
        select(CollectionItem.subject_id).where(
            CollectionItem.collection_id == collection_id, CollectionItem.subject == GUIDE
        )
    ).all()
    note_act("take_away", collection, viewer)
    db.session.execute(delete(CollectionItem).where(CollectionItem.collection_id == collection_id))
    db.session.delete(collection)
    db.session.flush()
    count_links(guides)


def hide(*, viewer: Viewer, collection_id: int, reason: str) -> None:
    """A moderator hides it, with a reason that stands in its place."""
    collection = locked(collection_id)
    require(rules.may_hide(viewer, standing(collection)), "Only moderators can hide this.")
    collection.hidden_at, collection.hidden_by, collection.hidden_reason = now(), viewer.person_id, reason
    collection.revision += 1
    note_act("hide", collection, viewer)
