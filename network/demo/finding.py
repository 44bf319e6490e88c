"""What was loaded before, found again by the names that the content uses."""

from __future__ import annotations

from sqlalchemy import select

from network.core.db import db
from network.library.models import Guide


def guide_id(slug: str) -> int:
    """The guide at an address. Raises NoResultFound."""
    return db.session.scalars(select(Guide.id).where(Guide.slug == slug)).one()
