"""Finding one guide by its address or id, with what the rules ask of it, and the address that an old one
leads to.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row, Select, and_, case, select
from sqlalchemy.orm import aliased

from network.core.db import db
from network.core.web.addresses import safe_next
from network.groups.models import Group
from network.library.models import FormerGuideSlug, Guide, GuideCoAuthor
from network.library.rules import Owner, Standing, may_read
from network.library.turning.models import GuideOrigin
from network.subjects.viewer import Viewer
from network.subjects.visibility import CLOSED

_PATH = re.compile(r"/library/([a-z0-9-]{1,90})(?:/history(?:/[0-9]{1,9})?)?")

Belongs = aliased(Group)
"""The group that a guide belongs to, as far as it belongs to one."""

_SaidIn = aliased(Group)
_said_in = (
    select(GuideOrigin.group_id)
    .join(_SaidIn, and_(_SaidIn.id == GuideOrigin.group_id, _SaidIn.openness == CLOSED))
    .where(GuideOrigin.guide_id == Guide.id)
    .correlate(Guide)
    .scalar_subquery()
)
STANDING = (
    Guide.state,
    Guide.author_id,
    Guide.owner_person_id,
    Guide.owner_group_id,
    Guide.owner_organisation_id,
    Guide.group_id,
    Belongs.openness.label("openness"),
    case((Guide.state == "draft", _said_in)).label("said_in"),
)


class FoundGuide(NamedTuple):
    """As much of a guide as an act on it needs to know."""

    id: int
    uuid: UUID
    slug: str | None
    title: str
    kind: str
    version: int
    imported: bool
    thread_id: int | None
    standing: Standing
    group_name: str

    @property
    def address(self) -> str:
        """Where it is read, or written."""
        return f"/library/{self.slug}" if self.standing.state != "draft" else f"/drafts/{self.id}"


def standing_of(row: Any, co_author_ids: frozenset[int]) -> Standing:
    """The standing from a row that has the columns of STANDING."""
    return Standing(
        state=row.state,
        author_id=row.author_id,
        owner=_owner(row),
        group_id=row.group_id,
        openness=row.openness,
        co_author_ids=co_author_ids,
        said_in=row.said_in,
    )


def standings(guide_ids: Collection[int]) -> dict[int, Standing]:
    """The standing of each of these guides, in two questions."""
    helpers: dict[int, set[int]] = {}
    helped = select(GuideCoAuthor.guide_id, GuideCoAuthor.person_id).where(GuideCoAuthor.guide_id.in_(guide_ids))
    for guide_id, person_id in db.session.execute(helped):
        helpers.setdefault(guide_id, set()).add(person_id)
    query = select(Guide.id, *STANDING).outerjoin(Belongs, Belongs.id == Guide.group_id).where(Guide.id.in_(guide_ids))
    return {row.id: standing_of(row, frozenset(helpers.get(row.id, ()))) for row in db.session.execute(query)}


def guide_by_slug(slug: str) -> FoundGuide | None:
    """The guide at an address, in any state."""
    return _found(_select().where(Guide.slug == slug))


def guide_by_id(guide_id: int) -> FoundGuide | None:
    """The guide with an id, in any state."""
    return _found(_select().where(Guide.id == guide_id))


def guide_by_uuid(uuid: UUID) -> FoundGuide | None:
    """The guide that is known by this everywhere, in any state."""
    return _found(_select().where(Guide.uuid == uuid))


def guide_named(viewer: Viewer, address: str) -> FoundGuide | None:
    """The published guide that a typed address of ours names, as far as the viewer may read it."""
    path = safe_next(address, "").partition("?")[0].partition("#")[0]
    slug = path.removeprefix("/library/").strip("/")
    found = guide_by_slug(slug) if path.startswith("/library/") and "/" not in slug else None
    readable = found is not None and found.standing.state == "published" and may_read(viewer, found.standing)
    return found if readable else None


def guide_at(path: str) -> int | None:
    """The id of the guide whose page, or a version of which, stands or stood at a path; None for the path of none."""
    match = _PATH.fullmatch(path)
    if match is None:
        return None
    present = db.session.scalar(select(Guide.id).where(Guide.slug == match[1]))
    former = select(FormerGuideSlug.guide_id).where(FormerGuideSlug.slug == match[1])
    return present if present is not None else db.session.scalar(former)


def moved_to(slug: str) -> tuple[str, int] | None:
    """Present slug and id of the guide that had this one before."""
    found = db.session.execute(
        select(Guide.slug, Guide.id)
        .join(FormerGuideSlug, FormerGuideSlug.guide_id == Guide.id)
        .where(FormerGuideSlug.slug == slug, Guide.slug.is_not(None))
    ).one_or_none()
    return (str(found.slug), found.id) if found else None


def co_author_ids(guide_id: int) -> frozenset[int]:
    """Who writes the guide beside its author."""
    return frozenset(db.session.scalars(select(GuideCoAuthor.person_id).where(GuideCoAuthor.guide_id == guide_id)))


def _select() -> Select[*tuple[Any, ...]]:
    return select(
        Guide.id,
        Guide.uuid,
        Guide.slug,
        Guide.title,
        Guide.kind,
        Guide.version,
        Guide.source_id,
        Guide.thread_id,
        Belongs.name.label("group_name"),
        *STANDING,
    ).outerjoin(Belongs, Belongs.id == Guide.group_id)


def _found(query: Select[*tuple[Any, ...]]) -> FoundGuide | None:
    row = db.session.execute(query).one_or_none()
    if row is None:
        return None
    standing = standing_of(row, co_author_ids(row.id))
    return FoundGuide(
        id=row.id,
        uuid=row.uuid,
        slug=row.slug,
        title=row.title,
        kind=row.kind,
        version=row.version,
        imported=row.source_id is not None,
        thread_id=row.thread_id,
        standing=standing,
        group_name=row.group_name or "",
    )


def _owner(row: Row[*tuple[Any, ...]]) -> Owner:
    if row.owner_person_id is not None:
        return Owner("person", row.owner_person_id)
    if row.owner_group_id is not None:
        return Owner("group", row.owner_group_id)
    return Owner("organisation", row.owner_organisation_id)
