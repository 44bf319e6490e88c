"""Keeping what a guide is made from, and beginning one from another."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import aliased

from network.audit.actions import record
from network.core.db import db
from network.core.outbox import Message
from network.core.transaction import transaction
from network.library.actions import rows
from network.library.actions.drafting import create_draft
from network.library.adoptions.rules import may_adapt
from network.library.content import Content
from network.library.events import GUIDE
from network.library.models import Guide
from network.library.rules import may_read
from network.subjects.rules import require
from network.subjects.viewer import Viewer

_Made = aliased(Guide)
_ADAPTATIONS = (
    select(func.count())
    .select_from(_Made)
    .where(_Made.adapted_from_id == Guide.id, _Made.state == "published")
    .correlate(Guide)
    .scalar_subquery()
)


def set_source(*, viewer: Viewer, guide: Guide, source_id: int | None) -> None:
    """Say what a guide is made from. For the transaction of an act that made sure that the viewer may change it."""
    former = guide.adapted_from_id
    if source_id == former:
        return
    if source_id is not None:
        source = db.session.get_one(Guide, source_id)
        readable = source.state == "published" and may_read(viewer, rows.standing(source))
        require(readable and source_id != guide.id, "Choose a guide that you can read, and another than this one.")
    guide.adapted_from_id = source_id
    record("guide.adapted_from", actor_id=viewer.person_id, subject=GUIDE, subject_id=guide.id, source=source_id)
    db.session.flush()
    _count([guide_id for guide_id in (former, source_id) if guide_id is not None])


def adapt(*, viewer: Viewer, source_id: int, content: Content) -> Guide:
    """A draft of the viewer's that begins with the words of another guide, under its licence. Raises NotAllowed."""
    source = db.session.get_one(Guide, source_id)
    require(may_adapt(viewer, rows.standing(source)), "You can adapt what everybody can read.")
    draft = create_draft(viewer=viewer, content=content)
    draft.adapted_from_id = source_id
    return draft


def follow(messages: Sequence[Message]) -> None:
    """Outbox consumer: guides came or went, so those they are made from have another number."""
    ids = {message.payload["id"] for message in messages}
    sources = select(_Made.adapted_from_id).where(_Made.id.in_(ids))
    _put_right(or_(Guide.id.in_(sources), Guide.id.in_(ids)))


def recount() -> None:
    """Scheduled: all of them, against the unforeseen."""
    made_from = select(_Made.adapted_from_id).where(_Made.adapted_from_id.is_not(None))
    _put_right(or_(Guide.adaptation_count > 0, Guide.id.in_(made_from)))


def _put_right(condition: ColumnElement[bool]) -> None:
    wrong = db.session.scalars(select(Guide.id).where(condition, Guide.adaptation_count != _ADAPTATIONS)).all()
    db.session.rollback()
    if wrong:
        with transaction():
            _count(wrong)


def _count(ids: Collection[int]) -> None:
    db.session.execute(
        update(Guide)
        .where(Guide.id.in_(ids))
        .values(adaptation_count=_ADAPTATIONS)
        .execution_options(synchronize_session=False)
    )
