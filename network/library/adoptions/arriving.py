"""Somebody without an organisation has one now: what they said they use counts as the organisation's from then on.

What stopped stays theirs, and so does what their colleagues say has stopped: there it is for people to say more.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import aliased

from network.core.db import db
from network.core.outbox import Message
from network.core.transaction import transaction
from network.groups.viewers import viewer_of
from network.library.adoptions.actions.using import bring
from network.library.adoptions.models import Adoption
from network.subjects.viewer import Viewer

CONSUMER = "adoptions.arriving"


def follow(messages: Sequence[Message]) -> None:
    """Outbox consumer: each guide in a transaction of its own, as if they had pressed the button again."""
    for message in messages:
        viewer = viewer_of(message.payload["person_id"])
        for guide_id in _used_alone(viewer):
            with transaction():
                bring(viewer=viewer, guide_id=guide_id)


def _used_alone(viewer: Viewer) -> Sequence[int]:
    theirs = aliased(Adoption)
    ended = select(theirs.id).where(
        theirs.guide_id == Adoption.guide_id,
        theirs.organisation_id == viewer.organisation_id,
        theirs.stopped_on.is_not(None),
    )
    alone = (Adoption.alone_id == viewer.person_id, Adoption.stopped_on.is_(None), ~ended.exists())
    found = db.session.scalars(select(Adoption.guide_id).where(*alone).order_by(Adoption.guide_id)).all()
    db.session.rollback()
    return found if viewer.organisation_id is not None else ()
