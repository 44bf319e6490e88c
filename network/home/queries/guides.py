"""Guides as the front pages list them; the library's own lists give the rest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import aliased

from network.core.db import db
from network.groups.models import Group
from network.library.models import Guide, GuideTopic
from network.library.queries.visible import visible_to
from network.organisations.models import Organisation
from network.people.models import Person
from network.subjects.viewer import VISITOR, Viewer


class GuideLine(NamedTuple):
    """A guide as the front pages show it. `owner_id` belongs to a person, or to a group or organisation (`square`)."""

    id: int
    slug: str
    title: str
    summary: str
    kind: str
    language: str
    words: int
    published_at: datetime
    checked_at: datetime | None
    check_due: date | None
    superseded: bool
    owner: str
    owner_id: int
    square: bool
    organisation: str

    @property
    def address(self) -> str:
        """The guide's page."""
        return f"/library/{self.slug}"

    @property
    def shown_at(self) -> datetime:
        """When it was last found right; for those not checked here, when it was published. Publishing is a check."""
        return self.checked_at or self.published_at


_OwnerGroup, _OwnerOrganisation = aliased(Group), aliased(Organisation)
_LINES = (
    select(
        Guide.id,
        Guide.slug,
        Guide.title,
        Guide.summary,
        Guide.kind,
        Guide.language,
        Guide.words,
        Guide.published_at,
        Guide.checked_at,
        Guide.check_due,
        Guide.superseded_by_id.is_not(None),
        func.coalesce(Person.name, _OwnerGroup.name, _OwnerOrganisation.name, ""),
        func.coalesce(Guide.owner_person_id, Guide.owner_group_id, Guide.owner_organisation_id),
        case((Guide.owner_person_id.is_(None), True), else_=False),
        func.coalesce(Organisation.name, ""),
    )
    .outerjoin(Person, Person.id == Guide.owner_person_id)
    .outerjoin(_OwnerGroup, _OwnerGroup.id == Guide.owner_group_id)
    .outerjoin(_OwnerOrganisation, _OwnerOrganisation.id == Guide.owner_organisation_id)
    .outerjoin(Organisation, Organisation.id == Guide.organisation_id)
)
_SHOWN_AT = func.coalesce(Guide.checked_at, Guide.published_at)
_PUBLIC = _LINES.where(visible_to(VISITOR), Guide.superseded_by_id.is_(None))
_CHECKED = _PUBLIC.where(Guide.checked_at.is_not(None), Guide.check_state != "overdue").order_by(
    Guide.checked_at.desc(), Guide.id.desc()
)
_NEWEST = _PUBLIC.order_by(Guide.published_at.desc(), Guide.id.desc())


def new_and_checked(limit: int = 6) -> list[GuideLine]:
    """The guides for everybody that were found right last; the newest ones where none has been checked."""
    return _lines(_CHECKED.limit(limit)) or _lines(_NEWEST.limit(limit))


def changed_guides(viewer: Viewer, topic_ids: Sequence[int], limit: int) -> list[GuideLine]:
    """Guides of the viewer's groups, or about these topics, by `shown_at`, the latest first."""
    groups = sorted(viewer.group_ids)
    filed = select(GuideTopic.guide_id).where(GuideTopic.topic_id.in_(topic_ids))
    mine = or_(Guide.group_id.in_(groups), Guide.owner_group_id.in_(groups), Guide.id.in_(filed))
    query = _LINES.where(mine, visible_to(viewer))
    return _lines(query.order_by(_SHOWN_AT.desc(), Guide.id.desc()).limit(limit))


def _lines(query: Select[*tuple[Any, ...]]) -> list[GuideLine]:
    return [GuideLine._make(row) for row in db.session.execute(query)]
