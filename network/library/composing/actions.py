"""Pictures come into a guide while it is written, and go when no text names them. Nothing here commits."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Text, cast, exists, func, or_, select

from network.attachments.actions import attach, detach
from network.attachments.pictures import Stored
from network.core.clock import now
from network.core.db import db
from network.library.actions import rows
from network.library.composing.models import ComposedPicture
from network.library.events import GUIDE
from network.library.models import Guide, GuideEdit, GuideVersion
from network.library.rules import may_edit
from network.subjects.rules import require
from network.subjects.viewer import Viewer

MAX_PICTURES = 100
SWEPT_AFTER = timedelta(days=7)
BATCH = 200


class TooManyPictures(Exception):
    """The guide has MAX_PICTURES already."""


def add_picture(*, viewer: Viewer, guide_id: int, stored: Stored, at: datetime | None = None) -> None:
    """From now on the picture belongs to this draft or guide, and is as visible. Its writers may. Raises
    TooManyPictures.
    """
    guide = rows.guide_to_change(guide_id)
    require(may_edit(viewer, rows.standing(guide)), "Only its owner and authors can edit this guide.")
    mine = select(func.count()).select_from(ComposedPicture).where(ComposedPicture.guide_id == guide_id)
    if (db.session.scalar(mine) or 0) >= MAX_PICTURES:
        raise TooManyPictures
    attach(stored, subject=GUIDE, subject_id=guide_id, uploaded_by=viewer.person_id, at=at)
    db.session.add(ComposedPicture(name=stored.name, guide_id=guide_id, created_at=at or now()))


def sweep_pictures(after: str = "") -> str:
    """Scheduled: take away a batch of pictures that neither their guide, nor any version or unfinished edit of it
    names. Returns the name from which the next batch goes on, empty after the last.
    """
    name, guide_id = ComposedPicture.name, ComposedPicture.guide_id
    named = or_(
        exists().where(Guide.id == guide_id, Guide.body.contains(name)),
        exists().where(GuideVersion.guide_id == guide_id, GuideVersion.body.contains(name)),
        exists().where(GuideEdit.guide_id == guide_id, cast(GuideEdit.fields, Text).contains(name)),
    )
    old = select(name, named).where(ComposedPicture.created_at < now() - SWEPT_AFTER, name > after)
    found = db.session.execute(old.order_by(name).limit(BATCH)).all()
    for picture, is_named in found:
        if not is_named:
            detach(picture)
            db.session.delete(db.session.get_one(ComposedPicture, picture))
    return str(found[-1][0]) if len(found) == BATCH else ""
