"""Collections of somebody who leaves, when they chose that these go."""

from __future__ import annotations

from sqlalchemy import select

from network.core.db import db
from network.library.collections.actions import take_away
from network.library.collections.models import Collection
from network.subjects.viewer import Viewer


def take_all_away(viewer: Viewer) -> None:
    """Those that they keep alone. A hidden one stays as it is: a decision is not undone by leaving."""
    mine = (Collection.keeper_id == viewer.person_id, Collection.hidden_at.is_(None))
    for collection_id in db.session.scalars(select(Collection.id).where(*mine).order_by(Collection.id)).all():
        take_away(viewer=viewer, collection_id=collection_id)
