"""Lists of guides: a page of the library, a person's, a group's, a topic's, the newest, those that need a check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Integer, Select, bindparam, case, func, select, union
from sqlalchemy.orm import aliased

from network.core.db import db
from network.core.prepared import Prepared, each
from network.groups.models import Group
from network.library.adoptions.like_mine import Like, used_like
from network.library.models import Guide, GuideCoAuthor, GuideTopic
from network.library.queries.owners import OWNER_NAME, with_owner
from network.library.queries.visible import visible_to
from network.organisations.models import Organisation
from network.people.models import Person
from network.subjects.viewer import Viewer

STATEMENTS_KEPT = 500
GIVEN = -1  # Stands in a kept statement for a person or group that is given with each question.


class GuideLine(NamedTuple):
    """A guide as lists show it. `group` is set for a closed group's guides only; owner_id belongs to owner_kind."""

    id: int
    slug: str
    title: str
    summary: str
    kind: str
    language: str
    checked_at: datetime | None
    check_due: date | None
    published_at: datetime
    superseded: bool
    use_count: int
    flagged: bool
    owner: str
    owner_id: int
    owner_kind: str
    organisation: str
    group: str
    photo: str

    @property
    def picture(self) -> str:
        """The address of its owner's photo, or nothing."""
        return f"/files/{self.photo}" if self.photo else ""


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to.

    Within one field any value fits; the fields must all fit. Topics come with those under them. Empty means
    everything. `used` is by how many other organisations at least; `like` by which kind of them.
    """

    kinds: tuple[str, ...] = ()
    topic_ids: tuple[int, ...] = ()
    organisation_ids: tuple[int, ...] = ()
    checks: tuple[str, ...] = ()
    group_id: int | None = None
    person_id: int | None = None
    used: int = 0
    like: Like | None = None


TRUST = (
    *(Guide.checked_at, Guide.check_due),
    *(Guide.superseded_by_id.is_not(None).label("superseded"), Guide.flagged_at.is_not(None).label("flagged")),
)
"""The columns that say how far to trust a guide, for lists of other lines."""
_Closed = aliased(Group)
_LINES: Select[*tuple[Any, ...]] = with_owner(
    select(
        Guide.id,
        Guide.slug,
        Guide.title,
        Guide.summary,
        Guide.kind,
        Guide.language,
        Guide.checked_at,
        Guide.check_due,
        Guide.published_at,
        Guide.superseded_by_id.is_not(None),
        Guide.use_count,
        Guide.flagged_at.is_not(None),
        OWNER_NAME,
        func.coalesce(Guide.owner_person_id, Guide.owner_group_id, Guide.owner_organisation_id),
        case(
            (Guide.owner_person_id.is_not(None), "person"),
            (Guide.owner_group_id.is_not(None), "group"),
            else_="organisation",
        ),
        func.coalesce(Organisation.name, ""),
        func.coalesce(_Closed.name, ""),
        func.coalesce(Person.photo, ""),
    )
).outerjoin(_Closed, (_Closed.id == Guide.group_id) & (_Closed.openness == "closed"))
_BY_IDS = Prepared(_LINES.where(Guide.id.in_(bindparam("ids", expanding=True))))
SORTS: dict[str, tuple[Any, ...]] = {
    "used": (Guide.use_count.desc(), Guide.published_at.desc(), Guide.id.desc()),
    "newest": (Guide.published_at.desc(), Guide.id.desc()),
    "checked": (Guide.checked_at.desc().nulls_last(), Guide.id.desc()),
    "title": (Guide.sort_title, Guide.id),
}


def conditions(filters: Filters) -> list[ColumnElement[bool]]:
    """The filters as conditions."""
    found: list[ColumnElement[bool]] = []
    if filters.kinds:
        found.append(Guide.kind.in_(each(filters.kinds)))
    if filters.topic_ids:
        found.append(Guide.id.in_(select(GuideTopic.guide_id).where(GuideTopic.topic_id.in_(each(filters.topic_ids)))))
    if filters.organisation_ids:
        found.append(Guide.organisation_id.in_(each(filters.organisation_ids)))
    if filters.checks:
        found.append(Guide.check_state.in_(each(filters.checks)))
    if filters.used:
        found.append(Guide.use_count >= filters.used)
    if filters.like is not None:
        found.append(used_like(filters.like))
    if filters.group_id is not None:
        found.append(_of_group(_value("group_id", filters.group_id)))
    if filters.person_id is not None:
        found.append(_written_by(_value("person_id", filters.person_id)))
    return found


def guides(viewer: Viewer, filters: Filters, *, sort: str = "newest", limit: int, offset: int = 0) -> list[GuideLine]:
    """A page of the guides that the viewer may see."""
    filters, whose = _whose(filters)
    rows = _page(viewer.group_ids, filters, sort).rows(limit=limit, offset=offset, **whose)
    return [GuideLine._make(row) for row in rows]


@lru_cache(STATEMENTS_KEPT)
def _page(group_ids: frozenset[int], filters: Filters, sort: str) -> Prepared:
    """Kept, because putting a statement together takes longer than running it.

    The ids are found first, so that only the rows of the page are joined with what is shown of them.
    """
    ids = select(Guide.id).where(visible_to(Viewer(group_ids=group_ids)), *conditions(filters))
    limit, offset = bindparam("limit", type_=Integer), bindparam("offset", type_=Integer)
    here = ids.order_by(*SORTS[sort]).limit(limit).offset(offset).subquery()
    return Prepared(_LINES.where(Guide.id.in_(select(here.c.id))).order_by(*SORTS[sort]))


def _whose(filters: Filters) -> tuple[Filters, dict[str, int]]:
    """The filters with the person or group taken out, and these as values, so that one statement serves for all."""
    fields = {"person_id": filters.person_id, "group_id": filters.group_id}
    whose = {name: value for name, value in fields.items() if value is not None}
    given = [GIVEN if name in whose else None for name in fields]
    return replace(filters, person_id=given[0], group_id=given[1]), whose


def newest_guides(viewer: Viewer, limit: int) -> list[GuideLine]:
    """The guides that were published last."""
    return guides(viewer, Filters(), limit=limit)


def guides_by_ids(viewer: Viewer, ids: Sequence[int]) -> list[GuideLine]:
    """These guides in the same order, as far as the viewer may see them."""
    if not ids:
        return []
    seen = set(db.session.scalars(select(Guide.id).where(visible_to(viewer), Guide.id.in_(list(ids)))))
    return _in_order([guide_id for guide_id in ids if guide_id in seen])


def _value(name: str, value: int) -> int | BindParameter[int]:
    return bindparam(name, type_=Integer) if value == GIVEN else value


def _written_by(person_id: int | BindParameter[int]) -> ColumnElement[bool]:
    """Three looks into indexes; one condition with OR would have to go through all guides."""
    helped = select(GuideCoAuthor.guide_id).where(GuideCoAuthor.person_id == person_id)
    wrote = select(Guide.id).where(Guide.author_id == person_id)
    owns = select(Guide.id).where(Guide.owner_person_id == person_id)
    return Guide.id.in_(union(wrote, owns, helped))


def _of_group(group_id: int | BindParameter[int]) -> ColumnElement[bool]:
    belongs = select(Guide.id).where(Guide.group_id == group_id)
    owned = select(Guide.id).where(Guide.owner_group_id == group_id)
    return Guide.id.in_(union(belongs, owned))


def _in_order(ids: list[int]) -> list[GuideLine]:
    """What lists show of these guides, in this order."""
    if not ids:
        return []
    found = {row[0]: GuideLine(*row) for row in _BY_IDS.rows(ids=ids)}
    return [found[guide_id] for guide_id in ids if guide_id in found]
