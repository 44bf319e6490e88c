"""Reading what is known of a guide's past elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row, select

from network.core.db import db
from network.library.carried.models import CarriedGuide
from network.library.models import Guide

AT_ONCE = 500


class Here(NamedTuple):
    """A guide of an archive that is in this network already, as far as bringing it in again must know it."""

    id: int
    slug: str | None
    state: str
    version: int
    digest: str
    author_id: int | None
    carried: bool
    edited: bool


_HERE = select(
    Guide.id,
    Guide.uuid,
    Guide.slug,
    Guide.state,
    Guide.version,
    Guide.source_version,
    Guide.source_digest,
    Guide.author_id,
    Guide.updated_at,
    Guide.imported_at,
    CarriedGuide.guide_id,
).outerjoin(CarriedGuide, CarriedGuide.guide_id == Guide.id)


def guides_here(uuids: Sequence[UUID]) -> dict[UUID, Here]:
    """Which of these are here; some hundred are asked for at once."""
    found: dict[UUID, Here] = {}
    for start in range(0, len(uuids), AT_ONCE):
        rows = db.session.execute(_HERE.where(Guide.uuid.in_(uuids[start : start + AT_ONCE])))
        found |= {row.uuid: _here(row) for row in rows}
    return found


def here_of(guide_id: int) -> Here | None:
    """The same of one guide."""
    row = db.session.execute(_HERE.where(Guide.id == guide_id)).one_or_none()
    return _here(row) if row is not None else None


def _here(row: Row[*tuple[Any, ...]]) -> Here:
    changed = row.updated_at != row.imported_at if row.state == "draft" else row.version != row.source_version
    return Here(
        row.id, row.slug, row.state, row.version, row.source_digest, row.author_id, row.guide_id is not None, changed
    )


def past_of(guide_id: int) -> CarriedGuide | None:
    """Where a guide came from and who wrote it there; None for one that was written or imported here."""
    return db.session.get(CarriedGuide, guide_id)
