"""Guides that others use stay public when their open group closes: they leave it and stay with their owner."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, select

from network.core.db import db
from network.core.events import publish
from network.library.events import GUIDE, GuideChanged
from network.library.models import Guide


class Stays(NamedTuple):
    """A guide that would leave its group."""

    slug: str
    title: str
    use_count: int


def staying(group_id: int) -> list[Stays]:
    """The published guides of a group that other organisations use, by title."""
    rows = db.session.execute(
        select(Guide.slug, Guide.title, Guide.use_count).where(*_used_in(group_id)).order_by(Guide.sort_title, Guide.id)
    )
    return [Stays._make(row) for row in rows]


def keep_public(group_id: int) -> None:
    """Take them out of the group, in the transaction that closes it."""
    for guide in db.session.scalars(select(Guide).where(*_used_in(group_id)).order_by(Guide.id).with_for_update()):
        guide.group_id = None
        guide.revision += 1
        publish(GuideChanged(GUIDE, guide.id))


def _used_in(group_id: int) -> tuple[ColumnElement[bool], ...]:
    return Guide.group_id == group_id, Guide.state == "published", Guide.use_count > 0
