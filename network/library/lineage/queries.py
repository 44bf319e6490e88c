"""Reading lineage, as far as the viewer may read the guides on either side."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, case, func, or_, select
from sqlalchemy.orm import aliased

from network.core.db import db
from network.core.licences import Licence
from network.core.web.addresses import safe_next
from network.library.content import licence_shown, sort_title
from network.library.models import OTHER_LICENCE, Guide, ImportSource
from network.library.queries.found import guide_named
from network.library.queries.lists import TRUST
from network.library.queries.owners import OWNER_NAME, with_owner
from network.library.queries.visible import visible_to
from network.organisations.models import Organisation
from network.subjects.viewer import Viewer
from network.subjects.visibility import in_readable_group

SHOWN = 10
_SLUG = re.compile(r"[a-z0-9-]{1,90}")


class Relative(NamedTuple):
    """A guide at the other end. One that was withdrawn keeps its credit, without a link.

    `first_published_by` is whom an imported one credits itself; empty when it was written here.
    """

    slug: str
    title: str
    language: str
    state: str
    owner: str
    organisation: str
    use_count: int
    checked_at: datetime | None
    check_due: date | None
    superseded: bool
    flagged: bool
    first_published_by: str
    licence: Licence


class Source(NamedTuple):
    """What the writing form needs of the guide that another is made from.

    `hidden` when the writer may not read it: then it is not asked for and stays. `keeps_licence` when its licence is
    none of those that let everybody choose another.
    """

    address: str = ""
    hidden: bool = False
    keeps_licence: bool = False
    licence_name: str = ""


_RELATIVES = with_owner(
    select(
        Guide.slug,
        Guide.title,
        Guide.language,
        Guide.state,
        OWNER_NAME,
        func.coalesce(Organisation.name, ""),
        Guide.use_count,
        *TRUST,
        case((or_(ImportSource.address != "", ImportSource.licence != ""), ImportSource.name), else_=""),
        Guide.licence,
        Guide.licence_name,
        Guide.licence_address,
    )
).outerjoin(ImportSource, ImportSource.id == Guide.source_id)


def adapted_from(viewer: Viewer, guide_id: int) -> Relative | None:
    """The guide with this id as a source is credited; withdrawn ones too, drafts and those out of sight never."""
    known = (Guide.state != "draft", in_readable_group(Guide.group_id, viewer))
    row = db.session.execute(_RELATIVES.where(Guide.id == guide_id, *known)).one_or_none()
    return _relative(row) if row else None


def adapted_by(viewer: Viewer, guide_id: int) -> list[Relative]:
    """The guides that were made from this one, the newest first."""
    rows = db.session.execute(
        _RELATIVES.where(Guide.adapted_from_id == guide_id, visible_to(viewer))
        .order_by(Guide.published_at.desc(), Guide.id.desc())
        .limit(SHOWN)
    )
    return [_relative(row) for row in rows]


def _relative(row: Row[*tuple[Any, ...]]) -> Relative:
    *told, licence, name, address = row
    return Relative._make((*told, licence_shown(licence, name, address)))


def source_of(viewer: Viewer, guide_id: int) -> Source:
    """What a guide or draft is made from, for its writer."""
    present = aliased(Guide)
    row = db.session.execute(
        select(
            Guide.slug,
            Guide.licence,
            Guide.licence_name,
            Guide.state,
            visible_to(viewer).label("visible"),
        )
        .join(present, present.adapted_from_id == Guide.id)
        .where(present.id == guide_id)
    ).one_or_none()
    if row is None:
        return Source()
    keeps = row.licence == OTHER_LICENCE
    return Source(f"/library/{row.slug}", not row.visible, keeps, row.licence_name if keeps and row.visible else "")


def guides_named(viewer: Viewer, words: str) -> list[tuple[int, str, str]]:
    """(id, slug, title) of the guides that an address or a title names, as far as the viewer may read them.

    The last part of an address alone will do when nothing has it as its title.
    """
    if safe_next(words, "").startswith("/library/"):
        found = guide_named(viewer, words)
        return [(found.id, str(found.slug), found.title)] if found else []
    rows = db.session.execute(
        select(Guide.id, Guide.slug, Guide.title)
        .where(Guide.sort_title == sort_title(words), visible_to(viewer))
        .order_by(Guide.id)
        .limit(5)
    )
    titled = [(row.id, str(row.slug), row.title) for row in rows]
    return titled or (guides_named(viewer, f"/library/{words}") if _SLUG.fullmatch(words) else [])
