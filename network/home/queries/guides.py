"""Guides as the front pages list them; the library's own lists give the rest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    bindparam,
    case,
    false,
    func,
    literal,
    select,
    true,
    union,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute

from network.core.prepared import Prepared, Row, each
from network.library.models import Guide, GuideTopic
from network.library.queries.owners import OWNER_NAME, with_owner
from network.library.queries.visible import visible_to
from network.organisations.models import Organisation
from network.subjects.viewer import VISITOR, Viewer


class GuideLine(NamedTuple):
    """A guide as the front pages show it. `owner_id` belongs to a person, or to a group or organisation (`square`)."""

    id: int
    slug: str
    title: str
    summary: str
    kind: str
    language: str
    published_at: datetime
    checked_at: datetime | None
    check_due: date | None
    superseded: bool
    flagged: bool
    owner: str
    owner_id: int
    square: bool
    organisation: str
    use_count: int

    @property
    def address(self) -> str:
        """The guide's page."""
        return f"/library/{self.slug}"

    @property
    def shown_at(self) -> datetime:
        """When it was last found right; for those not checked here, when it was published."""
        return self.checked_at or self.published_at


_LINES = with_owner(
    select(
        Guide.id,
        Guide.slug,
        Guide.title,
        Guide.summary,
        Guide.kind,
        Guide.language,
        Guide.published_at,
        Guide.checked_at,
        Guide.check_due,
        Guide.superseded_by_id.is_not(None),
        Guide.flagged_at.is_not(None),
        OWNER_NAME,
        func.coalesce(Guide.owner_person_id, Guide.owner_group_id, Guide.owner_organisation_id),
        case((Guide.owner_person_id.is_(None), True), else_=False),
        func.coalesce(Organisation.name, ""),
        Guide.use_count,
    )
)
_SHOWN_AT = func.coalesce(Guide.checked_at, Guide.published_at)
_LATEST = (_SHOWN_AT.desc(), Guide.id.desc())
FEW = 50
_PUBLIC = _LINES.where(visible_to(VISITOR), Guide.superseded_by_id.is_(None))
USED, NEW = 1, 2
SHOWN, MOST_USED, OF_ONE_OWNER = 8, 4, 2
LOOKED_AT = 200  # Among so many those of several owners are looked for: an import alone would fill the page.


class FrontGuides(NamedTuple):
    """The guides that the front pages put forward: those that others use most, and the newest of the rest."""

    used: list[GuideLine]
    new: list[GuideLine]


def front_guides() -> FrontGuides:
    """What everybody can read of it, without what is overdue or flagged as long as there is anything else."""
    rows = _FORWARD.rows()
    used = _lines(row[:-1] for row in rows if row[-1] == USED)
    shown = {line.id for line in used}
    new = [line for line in _lines(row[:-1] for row in rows if row[-1] == NEW) if line.id not in shown]
    return FrontGuides(used, new[: SHOWN - len(used)] if rows else _lines(_NEWEST.rows(limit=SHOWN)))


def _put_forward(part: int, limit: int, *order: InstrumentedAttribute[Any], where: ColumnElement[bool]) -> Select[Any]:
    """The first guides in this order, two of one owner at most until there are no others."""
    owner = (Guide.owner_person_id, Guide.owner_group_id, Guide.owner_organisation_id)
    fit = (visible_to(VISITOR), Guide.superseded_by_id.is_(None), Guide.check_state.not_in(("overdue", "flagged")))
    first = select(Guide.id, *owner, *(by.label(f"by_{n}") for n, by in enumerate(order)))
    first = first.where(*fit, where).order_by(*(by.desc() for by in order)).limit(LOOKED_AT)
    of = first.subquery()
    down = [of.c[f"by_{n}"].desc() for n in range(len(order))]
    turn = func.row_number().over(partition_by=[of.c[column.key] for column in owner], order_by=down)
    turns = select(of, turn.label("turn")).subquery()
    down = [turns.c[f"by_{n}"].desc() for n in range(len(order))]
    place = func.row_number().over(order_by=[case((turns.c.turn > OF_ONE_OWNER, 1), else_=0), *down])
    placed = select(turns.c.id, literal(part).label("part"), place.label("place")).subquery()
    return select(placed).where(placed.c.place <= limit)


# One statement for both lists: most of what a short query costs is asking.
_HALVES = union_all(
    _put_forward(USED, MOST_USED, Guide.use_count, Guide.published_at, Guide.id, where=Guide.use_count > 0),
    _put_forward(NEW, SHOWN + MOST_USED, Guide.published_at, Guide.id, where=true()),
).subquery()
_FORWARD = Prepared(
    _LINES.add_columns(_HALVES.c.part).join(_HALVES, _HALVES.c.id == Guide.id).order_by(_HALVES.c.part, _HALVES.c.place)
)
_NEWEST = Prepared(_PUBLIC.order_by(Guide.published_at.desc(), Guide.id.desc()).limit(bindparam("limit")))


def changed_guides(viewer: Viewer, topic_ids: tuple[int, ...], limit: int) -> list[GuideLine]:
    """Guides of the viewer's groups, or about these topics, by `shown_at`, the latest first."""
    some = [guide_id for (guide_id,) in _some_of_mine(viewer.group_ids, topic_ids).rows()]
    if not some:
        return []
    if len(some) <= FEW:
        return _lines(_of_few(viewer, limit).rows(ids=some))
    return _lines(_first_of_many(viewer, topic_ids, limit).rows())


@lru_cache(maxsize=256)
def _of_few(viewer: Viewer, limit: int) -> Prepared:
    mine = Guide.id.in_(bindparam("ids", expanding=True))
    return Prepared(_LINES.where(mine, visible_to(viewer)).order_by(*_LATEST).limit(limit))


@lru_cache(maxsize=256)
def _first_of_many(viewer: Viewer, topic_ids: tuple[int, ...], limit: int) -> Prepared:
    """A guide among the first by `shown_at` is among the first by one of the two dates that it is made of.

    Each of the two lists is read off an index until there are enough, without touching the rows, which are long.
    """
    mine = _mine(viewer.group_ids, topic_ids)

    def first_by(column: InstrumentedAttribute[Any]) -> Select[int]:
        # “+ 0” keeps SQLite from walking the ids in place of the dates.
        found = select(Guide.id).where((Guide.id + 0).in_(mine), column.is_not(None), visible_to(viewer))
        return select(found.order_by(column.desc(), Guide.id.desc()).limit(limit).subquery().c.id)

    ids = union(first_by(Guide.checked_at), first_by(Guide.published_at))
    return Prepared(_LINES.where(Guide.id.in_(ids)).order_by(*_LATEST).limit(limit))


@lru_cache(maxsize=256)
def _some_of_mine(group_ids: frozenset[int], topic_ids: tuple[int, ...]) -> Prepared:
    return Prepared(select(_mine(group_ids, topic_ids).limit(FEW + 1).subquery()))


def _mine(group_ids: frozenset[int], topic_ids: tuple[int, ...]) -> CompoundSelect[int]:
    """Ids of the guides of these groups and topics, each from an index."""
    groups = each(sorted(group_ids))
    found = [select(Guide.id).where(column.in_(groups)) for column in (Guide.group_id, Guide.owner_group_id) if groups]
    if topic_ids:
        found.append(select(GuideTopic.guide_id).where(GuideTopic.topic_id.in_(each(topic_ids))))
    return union(*found or [select(Guide.id).where(false())])


def _lines(rows: Iterable[Row]) -> list[GuideLine]:
    return [GuideLine._make(row) for row in rows]
