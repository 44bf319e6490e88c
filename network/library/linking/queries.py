"""Titles of what is linked, and what is wrong in the guides that somebody looks after, as far as they may read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import or_, select, union

from network.core.db import db
from network.library.models import Guide, GuideCoAuthor
from network.library.outside.models import OutsideAddress, OutsideLink
from network.library.queries.visible import visible_to
from network.subjects.registry import Named, subjects
from network.subjects.viewer import Viewer


class OutsideFault(NamedTuple):
    """A link outside with something wrong."""

    words: str
    address: str
    state: str
    said: str
    moved_to: str


class Troubled(NamedTuple):
    """A guide with broken links."""

    title: str
    address: str
    broken: int


def named(name: str, ids: Iterable[int], viewer: Viewer) -> Mapping[int, Named]:
    """Titles and addresses of rows of a subject that the viewer may read."""
    wanted = sorted(set(ids))
    subject = subjects().get(name)
    if not wanted or subject is None or subject.named is None:
        return {}
    return subject.named(wanted, viewer)


def outside_faults(guide_id: int) -> list[OutsideFault]:
    """Links outside that moved, fail or are broken."""
    rows = db.session.execute(
        select(
            OutsideLink.words,
            OutsideAddress.address,
            OutsideAddress.state,
            OutsideAddress.said,
            OutsideAddress.moved_to,
        )
        .join(OutsideAddress, OutsideAddress.id == OutsideLink.address_id)
        .where(OutsideLink.guide_id == guide_id, OutsideAddress.state.in_(("broken", "failing", "moved")))
        .order_by(OutsideAddress.state, OutsideAddress.address)
    )
    return [OutsideFault._make(row) for row in rows]


def outside_numbers(guide_id: int) -> tuple[int, int]:
    """How many links outside a guide has, and how many of them were ever asked."""
    rows: Sequence[str] = db.session.scalars(
        select(OutsideAddress.state)
        .join(OutsideLink, OutsideLink.address_id == OutsideAddress.id)
        .where(OutsideLink.guide_id == guide_id)
    ).all()
    return len(rows), sum(state != "unchecked" for state in rows)


def troubled(viewer: Viewer, limit: int = 200) -> list[Troubled]:
    """The guides with broken links that the viewer may edit, those with most first."""
    if viewer.person_id is None:
        return []
    person = viewer.person_id
    helped = select(GuideCoAuthor.guide_id).where(GuideCoAuthor.person_id == person)
    mine = union(
        helped,
        select(Guide.id).where(or_(Guide.author_id == person, Guide.owner_person_id == person)),
        select(Guide.id).where(Guide.owner_group_id.in_(sorted(viewer.facilitated_ids))),
    )
    rows = db.session.execute(
        select(Guide.title, Guide.slug, Guide.broken_link_count)
        .where(Guide.broken_link_count > 0, visible_to(viewer), Guide.id.in_(mine))
        .order_by(Guide.broken_link_count.desc(), Guide.sort_title)
        .limit(limit)
    )
    return [Troubled(title, f"/library/{slug}", broken) for title, slug, broken in rows]
