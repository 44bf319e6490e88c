"""The figure of a guide: how many other organisations use it and have not stopped, and for which it did not fail.

It is a column, because every list shows it. Actions set it in their transaction; a consumer of the guides' events and
a job by the clock set it right after what nobody here hears of, such as a guide that changed hands.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from network.core.db import db
from network.core.events import publish
from network.core.outbox import Message
from network.core.transaction import transaction
from network.library.adoptions.events import GuideUsed
from network.library.adoptions.models import DID_NOT_WORK, Adoption
from network.library.events import GUIDE
from network.library.models import Guide

AT_A_TIME = 200


class Numbers(NamedTuple):
    """How many adoptions of a guide there are, and how many of them count."""

    shown: int = 0
    counted: int = 0


def is_counted() -> ColumnElement[bool]:
    """Does an adoption, joined with its guide, count? Not for the organisation whose guide it is."""
    return and_(
        Adoption.organisation_id.is_not(None),
        Adoption.stopped_on.is_(None),
        Adoption.result != DID_NOT_WORK,
        Adoption.organisation_id.is_distinct_from(Guide.organisation_id),
        Adoption.organisation_id.is_distinct_from(Guide.owner_organisation_id),
    )


def numbers_of(guide_ids: Collection[int]) -> dict[int, Numbers]:
    """The numbers of these guides; those without adoptions are left out."""
    rows = db.session.execute(
        select(Adoption.guide_id, func.count(), func.sum(case((is_counted(), 1), else_=0)))
        .join(Guide, Guide.id == Adoption.guide_id)
        .where(Adoption.guide_id.in_(guide_ids))
        .group_by(Adoption.guide_id)
    )
    return {guide_id: Numbers(shown, int(counted)) for guide_id, shown, counted in rows}


def keep_numbers(guide: Guide) -> None:
    """Count a guide anew in the open transaction, and tell the index that its use is another."""
    db.session.flush()
    numbers = numbers_of([guide.id]).get(guide.id, Numbers())
    guide.adoption_count, guide.use_count = numbers
    guide.revision += 1
    publish(GuideUsed(GUIDE, guide.id))


def follow(messages: Sequence[Message]) -> None:
    """Outbox consumer: something happened to these guides.

    What is right already is left alone, so that it comes to rest.
    """
    ids = {message.payload["id"] for message in messages}
    used = or_(Guide.adoption_count > 0, Guide.id.in_(select(Adoption.guide_id)))
    _put_right(db.session.scalars(select(Guide.id).where(Guide.id.in_(ids), used)).all())


def recount() -> None:
    """Scheduled: look through all guides that are used, or say they are."""
    used = or_(Guide.adoption_count > 0, Guide.use_count > 0, Guide.id.in_(select(Adoption.guide_id)))
    ids = db.session.scalars(select(Guide.id).where(used).order_by(Guide.id)).all()
    for start in range(0, len(ids), AT_A_TIME):
        _put_right(ids[start : start + AT_A_TIME])


def _put_right(ids: Collection[int]) -> None:
    wrong = _wrong(ids) if ids else []
    db.session.rollback()
    if not wrong:
        return
    with transaction():
        locked = select(Guide).where(Guide.id.in_(wrong)).order_by(Guide.id).with_for_update()
        for guide in db.session.scalars(locked).all():
            keep_numbers(guide)


def _wrong(ids: Collection[int]) -> list[int]:
    right = numbers_of(ids)
    kept = db.session.execute(select(Guide.id, Guide.adoption_count, Guide.use_count).where(Guide.id.in_(ids)))
    return [guide_id for guide_id, shown, counted in kept if right.get(guide_id, Numbers()) != (shown, counted)]
