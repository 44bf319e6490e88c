"""“Used by an organisation like mine”: of the same type, and of the same or a neighbouring size.

It counts what the figure of a guide counts, without the viewer's own organisation.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, select

from network.core.prepared import Prepared
from network.library.adoptions.counting import is_counted
from network.library.adoptions.models import Adoption
from network.library.models import Guide
from network.organisations.models import SIZES, Organisation
from network.subjects.viewer import Viewer

LIKE_MINE = "like-mine"
BY_OTHERS, USED_OR_NOT = "Used by others", "Used or not"
USES = {
    "others": "Used by other organisations",
    "ten": "Used by 10 or more",
    LIKE_MINE: "Used by an organisation like mine",
}
AT_LEAST = {"others": 1, "ten": 10, LIKE_MINE: 1}


class Like(NamedTuple):
    """What makes another organisation like one's own: its type and one of these sizes."""

    organisation_id: int
    kind: str
    sizes: tuple[str, ...]


_MINE = Prepared(select(Organisation.kind, Organisation.size).where(Organisation.id == bindparam("organisation_id")))


def near(size: str) -> tuple[str, ...]:
    """The size band and its neighbours."""
    bands = list(SIZES)
    place = bands.index(size)
    return tuple(bands[max(0, place - 1) : place + 2])


def like_of(viewer: Viewer) -> Like | None:
    """What is like the viewer's organisation; None without one."""
    if viewer.organisation_id is None:
        return None
    row = _MINE.first(organisation_id=viewer.organisation_id)
    if row is None:
        return None
    kind, size = row
    return Like(viewer.organisation_id, kind, near(size))


def used_like(like: Like) -> ColumnElement[bool]:
    """The condition on guides."""
    used = (
        select(Adoption.guide_id)
        .join(Organisation, Organisation.id == Adoption.organisation_id)
        .where(
            Adoption.guide_id == Guide.id,
            Organisation.kind == like.kind,
            Organisation.size.in_(like.sizes),
            Organisation.id != like.organisation_id,
            is_counted(),
        )
    )
    return and_(Guide.use_count > 0, used.correlate(Guide).exists())
