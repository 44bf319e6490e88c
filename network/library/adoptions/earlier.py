"""What colleagues said of a use before somebody else's words took the place of theirs.

It stays with its writer's name: readers see who said before how it went; the words are for those who work there, and
for their writer. Words that were hidden are not kept.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, func, select

from network.core.db import db
from network.library.adoptions.models import Adoption, AdoptionEarlier
from network.library.adoptions.queries.naming import name_of


class Earlier(NamedTuple):
    """What somebody said; `name` is empty for one who has left."""

    name: str
    result: str
    text: str
    replaced_at: datetime


def make_way(adoption: Adoption, person_id: int | None, at: datetime) -> None:
    """This person speaks next: keep what a colleague says so far. Of each only what they said last is kept."""
    forget(adoption.id, person_id)
    if adoption.told_by == person_id or not (adoption.result or adoption.text):
        return
    text = "" if adoption.hidden_reason else adoption.text
    said = AdoptionEarlier(
        adoption_id=adoption.id, person_id=adoption.told_by, result=adoption.result, text=text, replaced_at=at
    )
    db.session.add(said)


def forget(adoption_id: int, person_id: int | None) -> None:
    """They say something else now, or take it back."""
    theirs = (AdoptionEarlier.adoption_id == adoption_id, AdoptionEarlier.person_id == person_id)
    db.session.execute(delete(AdoptionEarlier).where(*theirs))


def said_before(adoption_id: int) -> list[Earlier]:
    """All of it, the newest first. For those who work where the guide is used."""
    rows = db.session.execute(
        select(
            func.coalesce(name_of(AdoptionEarlier.person_id, AdoptionEarlier), ""),
            AdoptionEarlier.result,
            AdoptionEarlier.text,
            AdoptionEarlier.replaced_at,
        )
        .where(AdoptionEarlier.adoption_id == adoption_id)
        .order_by(AdoptionEarlier.id.desc())
    )
    return [Earlier._make(row) for row in rows]
