"""What of a guide its readers have not got yet: pictures, and an unfinished edit."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, select

from network.core.db import db
from network.library.composing.models import ComposedPicture
from network.library.models import Guide, GuideEdit, GuideVersion


def only_in_an_edit(guide_id: int, name: str) -> bool:
    """Came it in while the guide was written, and is it in neither its text nor a version of that?"""
    query = select(ComposedPicture.name).where(
        ComposedPicture.name == name,
        ComposedPicture.guide_id == guide_id,
        ~exists().where(Guide.id == guide_id, Guide.body.contains(name)),
        ~exists().where(GuideVersion.guide_id == guide_id, GuideVersion.body.contains(name)),
    )
    return db.session.scalar(query) is not None


def edit_kept_at(guide_id: int, person_id: int | None) -> datetime | None:
    """When the person kept their unfinished edit of a guide; None when there is none."""
    query = select(GuideEdit.saved_at).where(GuideEdit.guide_id == guide_id, GuideEdit.person_id == person_id)
    return db.session.scalar(query)
