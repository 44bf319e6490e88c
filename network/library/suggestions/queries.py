"""Reading suggestions: one with its people, those of a guide, one's own, and those that wait for somebody's answer."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, Select, and_, bindparam, false, func, or_, select
from sqlalchemy.orm import aliased

from network.core.db import db
from network.core.prepared import Prepared, each
from network.library.models import Guide, GuideCoAuthor, GuideVersion
from network.library.queries.visible import visible_to
from network.library.suggestions.models import DRAFT, GONE, OPEN, WITH_GROUP, Suggestion
from network.library.wording import Words
from network.organisations.models import Organisation
from network.people.models import Person
from network.subjects.viewer import Viewer
from network.subjects.visibility import in_readable_group

_Answerer = aliased(Person)


class Suggested(NamedTuple):
    """A suggestion with who made and who answered it; names are empty for those who have left."""

    id: int
    number: int | None
    state: str
    author_id: int | None
    base_version: int
    section: str
    title: str
    summary: str
    body: str
    why: str
    thread_id: int | None
    updated_at: datetime
    sent_at: datetime | None
    stage: int
    answered_at: datetime | None
    answer: str
    accepted_version: int | None
    partly: bool
    taken: dict[str, bool] | None
    author: str
    handle: str
    photo: str
    job_title: str
    organisation: str
    answered_by: str


class SuggestionLine(NamedTuple):
    """A suggestion as lists show it."""

    guide_slug: str
    guide_title: str
    number: int | None
    state: str
    why: str
    at: datetime
    answer: str
    accepted_version: int | None
    partly: bool
    taken: dict[str, bool] | None
    section: str
    author: str
    organisation: str
    id: int
    guide_withdrawn: bool

    @property
    def address(self) -> str:
        """Where it is read; an unfinished one is gone on with. Of a withdrawn guide one's own words remain."""
        if self.guide_withdrawn:
            return f"/suggestions/{self.id}"
        guide = f"/library/{self.guide_slug}"
        return writing_address(guide, self.section) if self.number is None else f"{guide}/suggestions/{self.number}"


class Own(NamedTuple):
    """A suggestion of the viewer's, with what it began from."""

    line: SuggestionLine
    base: Words
    proposed: Words


def writing_address(guide: str, section: str) -> str:
    """Where a suggestion for a guide, by its address, or for one section of it is written."""
    return f"{guide}/suggest?{urlencode({'section': section})}" if section else f"{guide}/suggest"


_ONE = (
    select(
        Suggestion.id,
        Suggestion.number,
        Suggestion.state,
        Suggestion.author_id,
        Suggestion.base_version,
        Suggestion.section,
        Suggestion.title,
        Suggestion.summary,
        Suggestion.body,
        Suggestion.why,
        Suggestion.thread_id,
        Suggestion.updated_at,
        Suggestion.sent_at,
        Suggestion.stage,
        Suggestion.answered_at,
        Suggestion.answer,
        Suggestion.accepted_version,
        Suggestion.partly,
        Suggestion.taken,
        func.coalesce(Person.name, ""),
        func.coalesce(Person.handle, ""),
        func.coalesce(Person.photo, ""),
        func.coalesce(Person.job_title, ""),
        func.coalesce(Organisation.name, ""),
        func.coalesce(_Answerer.name, ""),
    )
    .outerjoin(Person, Person.id == Suggestion.author_id)
    .outerjoin(Organisation, Organisation.id == Suggestion.organisation_id)
    .outerjoin(_Answerer, _Answerer.id == Suggestion.answered_by)
)
_LINE = (
    select(
        Guide.slug,
        Guide.title,
        Suggestion.number,
        Suggestion.state,
        Suggestion.why,
        func.coalesce(
            Suggestion.answered_at, Suggestion.sent_at, Suggestion.updated_at, type_=Suggestion.updated_at.type
        ),
        Suggestion.answer,
        Suggestion.accepted_version,
        Suggestion.partly,
        Suggestion.taken,
        Suggestion.section,
        func.coalesce(Person.name, ""),
        func.coalesce(Organisation.name, ""),
        Suggestion.id,
        Guide.state == "withdrawn",
    )
    .select_from(Suggestion)
    .join(Guide, Guide.id == Suggestion.guide_id)
    .outerjoin(Person, Person.id == Suggestion.author_id)
    .outerjoin(Organisation, Organisation.id == Suggestion.organisation_id)
)


def suggestion(guide_id: int, number: int) -> Suggested | None:
    """The one with this number, None for one that never was."""
    return _one(Suggestion.guide_id == guide_id, Suggestion.number == number)


def draft_of(guide_id: int, person_id: int | None) -> Suggested | None:
    """The person's unfinished suggestion for a guide."""
    return _one(Suggestion.guide_id == guide_id, Suggestion.author_id == person_id, Suggestion.state == DRAFT)


def sent_before(guide_id: int, person_id: int | None, **words: object) -> int | None:
    """The number of the person's suggestion for the guide that waits for an answer and has these words."""
    query = select(Suggestion.number).where(
        Suggestion.guide_id == guide_id, Suggestion.author_id == person_id, Suggestion.state == OPEN
    )
    return db.session.scalar(query.filter_by(**words).limit(1))


def of_guide(guide_id: int, *, waiting: bool, limit: int = 20, offset: int = 0) -> list[SuggestionLine]:
    """Those of a guide that wait for an answer, or those that have one; the newest first."""
    query = _LINE.where(Suggestion.guide_id == guide_id, _state(waiting)).order_by(Suggestion.number.desc())
    return _lines(query.limit(limit).offset(offset))


def count_answered(guide_id: int) -> int:
    """How many of a guide wait no more."""
    query = select(func.count()).where(Suggestion.guide_id == guide_id, _state(waiting=False))
    return db.session.scalar(query) or 0


def by_viewer(viewer: Viewer, limit: int = 100) -> list[SuggestionLine]:
    """The viewer's own, unfinished ones first, for guides that they can read, or could until these were withdrawn."""
    query = _LINE.where(_own(viewer))
    return _lines(query.order_by(Suggestion.number.is_not(None), Suggestion.id.desc()).limit(limit))


def unfinished(viewer: Viewer, limit: int = 100) -> list[SuggestionLine]:
    """What the viewer has begun to suggest and not sent, the newest first."""
    mine = _LINE.where(_own(viewer), Suggestion.state == DRAFT)
    return _lines(mine.order_by(Suggestion.updated_at.desc()).limit(limit))


def own(viewer: Viewer, suggestion_id: int) -> Own | None:
    """One of those of `by_viewer`, with its texts."""
    base = and_(GuideVersion.guide_id == Suggestion.guide_id, GuideVersion.number == Suggestion.base_version)
    of_base = (GuideVersion.title, GuideVersion.summary, GuideVersion.body)
    query = _LINE.add_columns(*of_base, Suggestion.title, Suggestion.summary, Suggestion.body).join(GuideVersion, base)
    row = db.session.execute(query.where(_own(viewer), Suggestion.id == suggestion_id)).one_or_none()
    return Own(SuggestionLine._make(row[:-6]), Words(*row[-6:-3]), Words(*row[-3:])) if row else None


def _own(viewer: Viewer) -> ColumnElement[bool]:
    """What was taken back or hidden is not shown again because its guide is withdrawn."""
    withdrawn = and_(Guide.state == "withdrawn", in_readable_group(Guide.group_id, viewer))
    return and_(
        Suggestion.author_id == viewer.person_id,
        or_(visible_to(viewer), and_(withdrawn, Suggestion.state.not_in(GONE))),
    )


def next_to_answer(guide_id: int) -> Suggested | None:
    """Of those of a guide that wait, the one that has waited longest."""
    first = select(func.min(Suggestion.number)).where(Suggestion.guide_id == guide_id, Suggestion.state == OPEN)
    return _one(Suggestion.guide_id == guide_id, Suggestion.number == first.scalar_subquery())


def to_answer(viewer: Viewer, limit: int) -> list[SuggestionLine]:
    """Those that wait for the viewer's answer, the longest wait first."""
    if viewer.person_id is None:
        return []
    rows = _waiting(viewer.group_ids, viewer.facilitated_ids, viewer.is_administrator)
    return [SuggestionLine._make(row) for row in rows.rows(person_id=viewer.person_id, limit=limit)]


@lru_cache(500)
def _waiting(group_ids: frozenset[int], facilitated_ids: frozenset[int], administrator: bool) -> Prepared:
    me: Any = bindparam("person_id")
    helped = select(GuideCoAuthor.guide_id).where(GuideCoAuthor.person_id == me)
    mine = [Guide.owner_person_id == me, Guide.author_id == me, Guide.id.in_(helped)]
    led = each(sorted(facilitated_ids))
    passed_on = Guide.group_id.in_(led) if led else false()
    if led:
        mine.append(Guide.owner_group_id.in_(led))
    if administrator:
        mine.append(Suggestion.stage >= WITH_GROUP)
    mine.append(and_(Suggestion.stage >= WITH_GROUP, passed_on))
    query = _LINE.where(Suggestion.state == OPEN, visible_to(Viewer(group_ids=group_ids)), or_(*mine))
    return Prepared(query.order_by(Suggestion.sent_at, Suggestion.id).limit(bindparam("limit")))


def _state(waiting: bool) -> ColumnElement[bool]:
    return Suggestion.state == OPEN if waiting else Suggestion.state.not_in((OPEN, DRAFT))


def _one(*conditions: ColumnElement[bool]) -> Suggested | None:
    row = db.session.execute(_ONE.where(*conditions)).one_or_none()
    return Suggested._make(row) if row else None


def _lines(query: Select[*tuple[Any, ...]]) -> list[SuggestionLine]:
    return [SuggestionLine._make(row) for row in db.session.execute(query)]
