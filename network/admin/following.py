"""What the index holds of a thing follows a change elsewhere: nothing about the thing is new, and nobody is told."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, select, update

from network.core.db import db
from network.core.events import publish
from network.subjects.registry import Refiled


def index_anew(subject: str, thing: Any, *conditions: ColumnElement[bool]) -> None:
    """Have the things of this kind for which the conditions hold indexed and counted anew."""
    ids = db.session.scalars(select(thing.id).where(*conditions)).all()
    db.session.execute(update(thing).where(*conditions).values(revision=thing.revision + 1))
    for thing_id in ids:
        publish(Refiled(subject, thing_id))
