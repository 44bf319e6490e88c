"""Handles: the last part of a profile's address. Given once, they are never anybody else's."""

from __future__ import annotations

from sqlalchemy import select

from network.core.db import db
from network.core.text.slugs import free, slugify
from network.people.models import FormerHandle, Person

LONGEST = 50


def free_handle(name: str) -> str:
    """A handle made of the name that nobody has or had: “ann-evans”, “ann-evans-2”."""
    base = slugify(name, fallback="person")[:LONGEST].strip("-")
    taken: set[str | None] = set(db.session.scalars(select(Person.handle).where(Person.handle.startswith(base))))
    taken |= set(db.session.scalars(select(FormerHandle.handle).where(FormerHandle.handle.startswith(base))))
    return free(base, taken)


def well_formed(handle: str) -> bool:
    """Small letters, digits and single dashes, 2 to 50, not a word that is a page of its own."""
    return 2 <= len(handle) <= LONGEST and handle == slugify(handle, fallback="")


def is_taken(handle: str, *, by_other_than: int) -> bool:
    """Does or did somebody else have it?"""
    queries = (
        select(Person.id).where(Person.handle == handle, Person.id != by_other_than),
        select(FormerHandle.handle).where(
            FormerHandle.handle == handle, FormerHandle.person_id.is_distinct_from(by_other_than)
        ),
    )
    return any(db.session.scalar(query) is not None for query in queries)
