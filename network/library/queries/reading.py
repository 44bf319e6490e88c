"""Everything that a guide's page shows, in three queries: the guide, what is around it, its newest versions."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, func, literal, select, union_all
from sqlalchemy.orm import aliased

from network.core.licences import Licence
from network.core.prepared import Prepared
from network.groups.models import Group
from network.library.carried.models import CarriedGuide
from network.library.content import licence_shown
from network.library.models import Guide, GuideCoAuthor, GuideTag, GuideTopic, GuideVersion, ImportSource
from network.library.queries.found import STANDING, Belongs, standing_of
from network.library.queries.owners import OwnerGroup, OwnerOrganisation, with_owner
from network.library.rules import Standing
from network.organisations.models import Organisation
from network.people.models import Person
from network.people.queries import credited
from network.vocabulary.models import Topic

NEWEST_VERSIONS = 2


class Named(NamedTuple):
    """Something with a page: its id, what its address is made of, and its name."""

    id: int
    key: str
    name: str
    more: str = ""
    photo: str = ""

    @property
    def picture(self) -> str:
        """The address of a person's photo, or nothing."""
        return f"/files/{self.photo}" if self.photo else ""


class VersionLine(NamedTuple):
    """A version as lists show it; `author` is empty where nobody is known, `suggested_by` for an author's own.

    Of a version that came from another network both say so, and have no page here.
    """

    number: int
    created_at: datetime
    note: str
    author: str
    author_handle: str
    suggested_by: str = ""


def version_line_of(
    number: int,
    created_at: datetime,
    note: str,
    author: str | None,
    handle: str | None,
    suggester: str | None,
    facts: Mapping[str, Any] | None,
) -> VersionLine:
    """The line that a row means; `facts` are those of CarriedGuide."""

    def there(what: str) -> str:
        name = (facts or {}).get(what, {}).get(str(number), "")
        return f"{name} (elsewhere)" if name else ""

    return VersionLine(
        number, created_at, note, author or there("history"), handle or "", suggester or there("suggested")
    )


class Successor(NamedTuple):
    """The guide that takes the place of this one. It may itself be out of the viewer's sight."""

    slug: str
    title: str
    state: str
    group_id: int | None
    openness: str | None


@dataclass(frozen=True, slots=True)
class GuidePage:
    """A guide as its page shows it. `headings` are [level, id, text]."""

    id: int
    slug: str
    title: str
    summary: str
    kind: str
    language: str
    html: str
    headings: list[Any]
    words: int
    version: int
    thread_id: int | None
    comment_count: int
    published_at: datetime | None
    updated_at: datetime
    checked_at: datetime | None
    check_due: date | None
    checker: str
    withdrawn_at: datetime | None
    withdrawn_reason: str
    use_count: int
    adoption_count: int
    adaptation_count: int
    flagged_at: datetime | None
    suggestion_count: int
    file_count: int
    link_count: int
    broken_link_count: int
    related: list[Any]
    uuid: UUID
    adapted_from_id: int | None
    licence: Licence
    owner_name: str
    owner_key: str
    owner_job: str
    owner_photo: str
    owner_organisation: str
    """Where the owner works: of its author the organisation where it was written, of a later owner theirs now."""
    organisation: str
    group: Named | None
    successor: Successor | None
    source: tuple[str, str] | None
    source_licence: str
    standing: Standing
    topics: tuple[Named, ...] = ()
    tags: tuple[str, ...] = ()
    co_authors: tuple[Named, ...] = ()
    contributors: tuple[Named, ...] = ()
    versions: tuple[VersionLine, ...] = ()

    @property
    def first_published_by(self) -> tuple[str, str] | None:
        """Name and address of who published it first; None when it was only in somebody's folder."""
        return self.source if self.source is not None and (self.source[1] or self.source_licence) else None


_SuccessorGroup = aliased(Group)
_Next = aliased(Guide)
_Checker = aliased(Person)
_WorksAt = aliased(Organisation)
_GUIDE = (
    with_owner(
        select(
            Guide.id,
            Guide.slug,
            Guide.title,
            Guide.summary,
            Guide.kind,
            Guide.language,
            Guide.html,
            Guide.headings,
            Guide.words,
            Guide.version,
            Guide.thread_id,
            Guide.comment_count,
            Guide.published_at,
            Guide.updated_at,
            Guide.checked_at,
            Guide.check_due,
            Guide.withdrawn_at,
            Guide.withdrawn_reason,
            Guide.use_count,
            Guide.adoption_count,
            Guide.adaptation_count,
            Guide.flagged_at,
            Guide.suggestion_count,
            Guide.file_count,
            Guide.link_count,
            Guide.broken_link_count,
            Guide.related,
            Guide.uuid,
            Guide.adapted_from_id,
            Guide.licence,
            Guide.licence_name,
            Guide.licence_address,
            *STANDING,
            credited().label("person_name"),
            Person.handle,
            Person.job_title,
            Person.photo,
            Organisation.name.label("organisation"),
            _WorksAt.name.label("works_at"),
            OwnerOrganisation.name.label("owner_organisation"),
            OwnerGroup.name.label("owner_group"),
            OwnerGroup.slug.label("owner_group_slug"),
            Belongs.name.label("group_name"),
            Belongs.slug.label("group_slug"),
            _Next.slug.label("next_slug"),
            _Next.title.label("next_title"),
            _Next.state.label("next_state"),
            _Next.group_id.label("next_group_id"),
            _SuccessorGroup.openness.label("next_openness"),
            ImportSource.name.label("source_name"),
            ImportSource.address.label("source_address"),
            ImportSource.licence.label("source_licence"),
            credited(_Checker).label("checker"),
        )
    )
    .outerjoin(_WorksAt, _WorksAt.id == Person.organisation_id)
    .outerjoin(Belongs, Belongs.id == Guide.group_id)
    .outerjoin(_Next, _Next.id == Guide.superseded_by_id)
    .outerjoin(_SuccessorGroup, _SuccessorGroup.id == _Next.group_id)
    .outerjoin(ImportSource, ImportSource.id == Guide.source_id)
    .outerjoin(_Checker, _Checker.id == Guide.checked_by)
    .where(Guide.slug == bindparam("slug"))
)
_FIND = Prepared(_GUIDE)
_Found = namedtuple("_Found", _GUIDE.selected_columns.keys())  # type: ignore[misc]
_PERSON = (Person.id, func.coalesce(Person.handle, ""), credited(), Organisation.name, Person.photo)
_this: BindParameter[int] = bindparam("guide_id")
_AROUND = Prepared(union_all(
    select(literal("topic").label("what"), Topic.id.label("id"), Topic.slug.label("key"), Topic.name.label("name"),
           literal("").label("more"), literal("").label("photo"))
    .join(GuideTopic, GuideTopic.topic_id == Topic.id)
    .where(GuideTopic.guide_id == _this),
    select(literal("tag"), literal(0), literal(""), GuideTag.word, literal(""), literal(""))
    .where(GuideTag.guide_id == _this),
    select(literal("co-author"), *_PERSON)
    .join(GuideCoAuthor, GuideCoAuthor.person_id == Person.id)
    .outerjoin(Organisation, Organisation.id == Person.organisation_id)
    .where(GuideCoAuthor.guide_id == _this),
    select(literal("contributor"), *_PERSON)
    .join(GuideVersion, GuideVersion.suggested_by_id == Person.id)
    .outerjoin(Organisation, Organisation.id == Person.organisation_id)
    .where(GuideVersion.guide_id == _this)
    .distinct(),
))  # fmt: skip
Suggester = aliased(Person)
"""Who suggested a version, beside its author."""

VERSION_LINES = (
    select(
        GuideVersion.number,
        GuideVersion.created_at,
        GuideVersion.note,
        credited(),
        Person.handle,
        credited(Suggester),
        CarriedGuide.facts,
    )
    .outerjoin(CarriedGuide, CarriedGuide.guide_id == GuideVersion.guide_id)
    .outerjoin(Person, Person.id == GuideVersion.author_id)
    .outerjoin(Suggester, Suggester.id == GuideVersion.suggested_by_id)
)
"""Versions as lists show them."""

_VERSIONS = Prepared(
    VERSION_LINES.where(GuideVersion.guide_id == _this).order_by(GuideVersion.number.desc()).limit(NEWEST_VERSIONS)
)


def guide_page(slug: str) -> GuidePage | None:
    """The guide at an address, in any state: whether the viewer may read it is for the rules to say."""
    found = _FIND.first(slug=slug)
    if found is None:
        return None
    row: Any = _Found._make(found)
    around: dict[str, list[Named]] = {"topic": [], "tag": [], "co-author": [], "contributor": []}
    for what, id_, key, name, more, photo in _AROUND.rows(guide_id=row.id):
        around[what].append(Named(id_, key, name, more or "", photo or ""))
    beside_owner = [person for person in around["co-author"] if person.id != row.owner_person_id]
    versions = _VERSIONS.rows(guide_id=row.id)
    return GuidePage(
        **_own(row),
        standing=standing_of(row, frozenset(person.id for person in around["co-author"])),
        topics=tuple(sorted(around["topic"], key=lambda topic: topic.name)),
        tags=tuple(sorted(tag.name for tag in around["tag"])),
        co_authors=tuple(sorted(beside_owner, key=lambda person: person.name)),
        contributors=tuple(sorted(around["contributor"], key=lambda person: person.name)),
        versions=tuple(version_line_of(*version) for version in versions),
    )


_SAME = (
    *("id", "slug", "title", "summary", "kind", "language", "html", "headings", "words", "version"),
    *("thread_id", "comment_count", "published_at", "updated_at", "checked_at", "check_due"),
    *("withdrawn_at", "withdrawn_reason"),
    *("use_count", "adoption_count", "adaptation_count"),
    *("flagged_at", "suggestion_count", "file_count", "adapted_from_id"),
    *("link_count", "broken_link_count", "related", "uuid"),
)


def _own(row: Any) -> dict[str, Any]:
    """What the guide's own row says."""
    return {
        **{name: getattr(row, name) for name in _SAME},
        "licence": licence_shown(row.licence, row.licence_name, row.licence_address),
        "owner_name": row.person_name or row.owner_group or row.owner_organisation or "",
        "owner_key": row.handle or row.owner_group_slug or "",
        "owner_job": row.job_title or "",
        "owner_photo": row.photo or "",
        "owner_organisation": (row.works_at if _came_later(row) else row.organisation) or "",
        "organisation": row.organisation or "",
        "group": Named(row.group_id, row.group_slug, row.group_name) if row.group_id is not None else None,
        "successor": _successor(row),
        "source": (row.source_name, row.source_address) if row.source_name is not None else None,
        "source_licence": row.source_licence or "",
        "checker": row.checker or "",
    }


def _came_later(row: Any) -> bool:
    """Is the owner somebody whom its author, or another owner, gave it to?"""
    return row.owner_person_id is not None and row.owner_person_id != row.author_id


def _successor(row: Any) -> Successor | None:
    if row.next_slug is None:
        return None
    return Successor(row.next_slug, row.next_title, row.next_state, row.next_group_id, row.next_openness)
