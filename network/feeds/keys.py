"""Keys for feed readers: read, drawn anew, and looked up."""

from __future__ import annotations

from sqlalchemy import select

from network.core.clock import now
from network.core.db import db
from network.feeds.models import FeedKey, new_secret
from network.groups.viewers import viewer_of
from network.people.models import Person
from network.subjects.viewer import Viewer

LONGEST = 40


def my_key(viewer: Viewer) -> str:
    """The viewer's key; empty before they asked for one."""
    return db.session.scalar(select(FeedKey.secret).where(FeedKey.person_id == viewer.person_id)) or ""


def draw(viewer: Viewer) -> None:
    """Give the viewer another key, the first one perhaps; inside a transaction. The old one opens nothing any more."""
    row = db.session.get(FeedKey, viewer.person_id, with_for_update=True)
    if row is None:
        db.session.add(FeedKey(person_id=viewer.person_id, secret=new_secret()))
    else:
        row.secret, row.created_at = new_secret(), now()


def renew(account_id: int) -> bool:
    """Replace the key of an account's person; tells whether there was one. Inside a transaction."""
    query = select(FeedKey).join(Person, Person.id == FeedKey.person_id).where(Person.account_id == account_id)
    row = db.session.scalar(query.with_for_update(of=FeedKey))
    if row is not None:
        row.secret, row.created_at = new_secret(), now()
    return row is not None


def opens(key: str) -> bool:
    """Does the key belong to somebody who may sign in?"""
    if not 20 <= len(key) <= LONGEST:
        return False
    person_id = db.session.scalar(select(FeedKey.person_id).where(FeedKey.secret == key))
    return person_id is not None and viewer_of(person_id).signed_in
