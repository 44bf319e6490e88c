"""“An organisation like mine”: of the same type, and of the same or a neighbouring size band.

What is told of an organisation is written as one word, its type and size, so that a search index can hold it.
"""

from __future__ import annotations

from sqlalchemy import select

from network.core.db import db
from network.organisations.models import KINDS, SIZES, Organisation

_BANDS = tuple(SIZES)


def sort_of(kind: str, size: str) -> str:
    """What organisations of this type and size are called by: “council/1000-4999”."""
    return f"{kind}/{size}"


def like(kind: str, size: str) -> tuple[str, ...]:
    """The sorts of organisations that would call one of this type and size like theirs, its own among them."""
    place = _BANDS.index(size)
    return tuple(sort_of(kind, band) for band in _BANDS[max(0, place - 1) : place + 2])


def sort_in_words(kind: str, size: str) -> str:
    """“Council, 1,000 to 4,999 staff”"""
    return f"{KINDS[kind]}, {SIZES[size]}"


def sort_of_organisation(organisation_id: int) -> str:
    """The sort of an organisation; empty when there is none of that id."""
    query = select(Organisation.kind, Organisation.size).where(Organisation.id == organisation_id)
    row = db.session.execute(query).one_or_none()
    return sort_of(row.kind, row.size) if row else ""
