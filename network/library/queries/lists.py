"""Lists of guides: a page of the library, a person's, a group's, a topic's, the newest, those that need a check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from network.core.db import db
from network.groups.models import Group
from network.library.models import Guide, GuideCoAuthor, GuideTopic
from network.library.queries.visible import visible_to
from network.organisations.models import Organisation
from network.people.models import Person
from network.subjects.viewer import Viewer


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
    owner: str
    owner_id: int
    owner_kind: str
    organisation: str
    group: str


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to.

    Within one field any value fits; the fields must all fit. Topics come with those under them. Empty means
    everything.
    """

    kinds: tuple[str, ...] = ()
    topic_ids: tuple[int, ...] = ()
    organisation_ids: tuple[int, ...] = ()
    checks: tuple[str, ...] = ()
    group_id: int | None = None
    person_id: int | None = None


_OwnerGroup, _OwnerOrganisation, _Closed = aliased(Group), aliased(Organisation), aliased(Group)
_LINES: Select[*tuple[Any, ...]] = (
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
        func.coalesce(Person.name, _OwnerGroup.name, _OwnerOrganisation.name, ""),
        func.coalesce(Guide.owner_person_id, Guide.owner_group_id, Guide.owner_organisation_id),
        case(
            (Guide.owner_person_id.is_not(None), "person"),
            (Guide.owner_group_id.is_not(None), "group"),
            else_="organisation",
        ),
        func.coalesce(Organisation.name, ""),
        func.coalesce(_Closed.name, ""),
    )
    .outerjoin(Person, Person.id == Guide.owner_person_id)
    .outerjoin(_OwnerGroup, _OwnerGroup.id == Guide.owner_group_id)
    .outerjoin(_OwnerOrganisation, _OwnerOrganisation.id == Guide.owner_organisation_id)
    .outerjoin(Organisation, Organisation.id == Guide.organisation_id)
    .outerjoin(_Closed, (_Closed.id == Guide.group_id) & (_Closed.openness == "closed"))
)
SORTS: dict[str, tuple[Any, ...]] = {
    "newest": (Guide.published_at.desc(), Guide.id.desc()),
    "checked": (Guide.checked_at.desc().nulls_last(), Guide.id.desc()),
    "title": (Guide.sort_title, Guide.id),
}


def conditions(filters: Filters, *, without: str = "") -> list[ColumnElement[bool]]:
    """The filters as conditions, perhaps without those of one field:

    what that field's own numbers are counted by.
    """
    found: list[ColumnElement[bool]] = []
    if filters.kinds and without != "kinds":
        found.append(Guide.kind.in_(filters.kinds))
    if filters.topic_ids and without != "topic_ids":
        found.append(Guide.id.in_(select(GuideTopic.guide_id).where(GuideTopic.topic_id.in_(filters.topic_ids))))
    if filters.organisation_ids and without != "organisation_ids":
        found.append(Guide.organisation_id.in_(filters.organisation_ids))
    if filters.checks and without != "checks":
        found.append(Guide.check_state.in_(filters.checks))
    if filters.group_id is not None:
        found.append(or_(Guide.group_id == filters.group_id, Guide.owner_group_id == filters.group_id))
    if filters.person_id is not None:
        found.append(_written_by(filters.person_id))
    return found


def guides(viewer: Viewer, filters: Filters, *, sort: str = "newest", limit: int, offset: int = 0) -> list[GuideLine]:
    """A page of the guides that the viewer may see."""
    query = _LINES.where(visible_to(viewer), *conditions(filters)).order_by(*SORTS[sort])
    return _lines(query.limit(limit).offset(offset))


def count_guides(viewer: Viewer, filters: Filters) -> int:
    """How many there are."""
    query = select(func.count()).select_from(Guide).where(visible_to(viewer), *conditions(filters))
    return db.session.scalar(query) or 0


def newest_guides(viewer: Viewer, limit: int) -> list[GuideLine]:
    """The guides that were published last."""
    return guides(viewer, Filters(), limit=limit)


def checks_due(person_id: int | None, limit: int = 20) -> list[GuideLine]:
    """Published guides of the person's own whose check is due within 30 days or overdue, the longest
    overdue first.
    """
    if person_id is None:
        return []
    query = _LINES.where(
        Guide.state == "published",
        Guide.check_state.in_(("due", "overdue")),
        Guide.owner_person_id == person_id,
        Guide.superseded_by_id.is_(None),
    )
    return _lines(query.order_by(Guide.check_due, Guide.id).limit(limit))


def guides_by_ids(viewer: Viewer, ids: Sequence[int]) -> list[GuideLine]:
    """These guides, as far as the viewer may see them, in no particular order."""
    return _lines(_LINES.where(visible_to(viewer), Guide.id.in_(list(ids)))) if ids else []


def _written_by(person_id: int) -> ColumnElement[bool]:
    helps = exists().where(GuideCoAuthor.guide_id == Guide.id, GuideCoAuthor.person_id == person_id)
    return or_(Guide.author_id == person_id, Guide.owner_person_id == person_id, helps)


def _lines(query: Select[*tuple[Any, ...]]) -> list[GuideLine]:
    return [GuideLine(*row) for row in db.session.execute(query)]
