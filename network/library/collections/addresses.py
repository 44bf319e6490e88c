"""The address of a collection: made of its first title, its own for ever.

A number behind a title that is taken would tell outsiders of a closed group's collection of that title, so that those
have letters and digits of chance from the start, as closed groups' guides do.
"""

from __future__ import annotations

import secrets
import string

from sqlalchemy import select

from network.core.db import db
from network.core.text.slugs import MAX_LENGTH, free, slugify
from network.library.collections.models import Collection

LONGEST_END = 7


def new_slug(title: str, *, closed: bool) -> str:
    """An address that no collection has."""
    base = slugify(title, fallback="collection")
    stem = base[: MAX_LENGTH - LONGEST_END].rstrip("-")
    if closed:
        return f"{stem}-" + "".join(
            secrets.choice(string.digits) + secrets.choice(string.ascii_lowercase) for _ in "123"
        )
    taken = set(db.session.scalars(select(Collection.slug).where(Collection.slug.startswith(stem))))
    return free(base, taken, stem)
