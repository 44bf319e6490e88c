"""The address of a collection: made of its first title, its own for ever.

A number behind a title that is taken would tell outsiders of a closed group's collection of that title, so that those
have letters and digits of chance from the start, as closed groups' guides do.
"""

from __future__ import annotations

from sqlalchemy import select

from network.core.db import db
from network.core.once import one_by_one
from network.core.text.slugs import by_chance, free, slugify, stem
from network.library.collections.models import Collection


def new_slug(title: str, *, closed: bool) -> str:
    """An address that no collection has."""
    base = slugify(title, fallback="collection")
    if closed:
        return by_chance(base)
    one_by_one("addresses of collections")
    like = stem(base)
    taken = set(db.session.scalars(select(Collection.slug).where(Collection.slug.startswith(like))))
    return free(base, taken, like)
