"""Reading the board. Whether an entry is written depends on who looks: a closed group's guide is there for members."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, case, exists, func, not_, select

from network.accounts.models import Account
from network.core.db import db
from network.core.prepared import Prepared
from network.discovery.wanted.models import Want, WantedEntry, WantedGuide
from network.library.models import Guide
from network.library.queries.visible import visible_to
from network.people.models import Person
from network.people.queries import stands as person_stands
from network.subjects.viewer import VISITOR, Viewer

FEW = 5
SORTS = {"wanted": "Most wanted", "newest": "Newest"}
OPEN, WRITTEN = "open", "written"


def told_of(person_id: int, guide_ids: Sequence[int]) -> set[int]:
    """Which of these guides the board has told somebody of."""
    query = select(Want.told_guide_id).where(Want.person_id == person_id, Want.told_guide_id.in_(list(guide_ids)))
    return {guide_id for guide_id in db.session.scalars(query) if guide_id is not None}


class Written(NamedTuple):
    """A guide that was written for an entry."""

    id: int
    title: str
    address: str


class Entry(NamedTuple):
    """An entry as the viewer sees it."""

    id: int
    words: str
    created_at: datetime
    how_many: str
    mine: bool
    being_written: bool
    guides: tuple[Written, ...]

    @property
    def address(self) -> str:
        """Its own page."""
        return f"/wanted/{self.id}"


class Standing(NamedTuple):
    """What became of an entry."""

    id: int
    words: str
    merged_into_id: int | None
    hidden_at: datetime | None
    hidden_reason: str

    @property
    def stands(self) -> bool:
        """Neither hidden nor merged."""
        return self.merged_into_id is None and self.hidden_at is None


def how_many(people: int, organisations: int) -> str:
    """How many want it. Small numbers would tell who."""
    if people < FEW:
        return f"Fewer than {FEW} people want this"
    bodies = f"{organisations:,}" if organisations >= FEW else f"fewer than {FEW}"
    return f"{people:,} people in {bodies} organisations want this"


_NUMBERS = (
    select(
        Want.entry_id,
        func.count(Want.person_id).label("people"),
        func.count(Want.organisation_id.distinct()).label("organisations"),
    )
    # “+ 0” keeps SQLite from looking through all people for those who want something.
    .join(Person, Person.id == Want.person_id + 0)
    .join(Account, Account.id == Person.account_id)
    .where(person_stands())
    .group_by(Want.entry_id)
    .subquery()
)
# Below five all count alike: the order must not tell what the words hide.
_ORDER: dict[str, tuple[Any, ...]] = {
    "wanted": (
        case((_NUMBERS.c.people >= FEW, _NUMBERS.c.people), else_=0).desc(),
        WantedEntry.created_at.desc(),
        WantedEntry.id.desc(),
    ),
    "newest": (WantedEntry.created_at.desc(), WantedEntry.id.desc()),
}
_STANDS = and_(WantedEntry.hidden_at.is_(None), WantedEntry.merged_into_id.is_(None))


def board(viewer: Viewer, *, state: str = OPEN, sort: str = "wanted", limit: int, offset: int = 0) -> list[Entry]:
    """A page of the board."""
    rows = db.session.execute(
        _entries(viewer).where(_STANDS, *_in_state(viewer, state)).order_by(*_ORDER[sort]).limit(limit).offset(offset)
    ).all()
    return _with_guides(viewer, rows)


def most_wanted(limit: int) -> list[Entry]:
    """What stands open for everybody, for the front page: one query that is built once."""
    return [_entry(row, ()) for row in _most_wanted().rows(limit=limit)]


def count_board(viewer: Viewer, state: str) -> int:
    """How many entries there are in a state."""
    query = (
        select(func.count())
        .select_from(WantedEntry)
        .join(_NUMBERS, _NUMBERS.c.entry_id == WantedEntry.id)
        .where(_STANDS, *_in_state(viewer, state))
    )
    return db.session.scalar(query) or 0


def entries_by_ids(viewer: Viewer, ids: Sequence[int]) -> list[Entry]:
    """These, in this order, as far as they stand."""
    rows = db.session.execute(_entries(viewer, all_of_them=True).where(_STANDS, WantedEntry.id.in_(list(ids)))).all()
    found = {entry.id: entry for entry in _with_guides(viewer, rows)}
    return [found[entry_id] for entry_id in ids if entry_id in found]


def standing(entry_id: int) -> Standing | None:
    """What became of an entry."""
    row = db.session.execute(
        select(
            WantedEntry.id,
            WantedEntry.words,
            WantedEntry.merged_into_id,
            WantedEntry.hidden_at,
            WantedEntry.hidden_reason,
        ).where(WantedEntry.id == entry_id)
    ).one_or_none()
    return Standing(*row) if row else None


def refused_by(viewer: Viewer, entry_id: int) -> list[Written]:
    """Guides of which the viewer said that they are not what was wanted, as far as they can read them."""
    query = select(Guide.id, Guide.title, Guide.slug).where(
        WantedGuide.entry_id == entry_id,
        WantedGuide.refused_by == (viewer.person_id or 0),
        Guide.id == WantedGuide.guide_id,
        visible_to(viewer),
    )
    return [Written(guide_id, title, f"/library/{slug}") for guide_id, title, slug in db.session.execute(query)]


def all_words(limit: int = 2000) -> list[tuple[int, str]]:
    """Id and words of the newest that stand, to look for near ones."""
    query = select(WantedEntry.id, WantedEntry.words).where(_STANDS).order_by(WantedEntry.id.desc()).limit(limit)
    return [(row.id, row.words) for row in db.session.execute(query)]


def _entries(viewer: Viewer, *, all_of_them: bool = False) -> Select[*tuple[Any, ...]]:
    """With numbers; an entry that nobody wants any more shows on its own page only."""
    mine = exists().where(Want.entry_id == WantedEntry.id, Want.person_id == (viewer.person_id or 0))
    drafts = exists().where(
        WantedGuide.entry_id == WantedEntry.id, Guide.id == WantedGuide.guide_id, Guide.state == "draft"
    )
    return select(
        WantedEntry.id,
        WantedEntry.words,
        WantedEntry.created_at,
        func.coalesce(_NUMBERS.c.people, 0),
        func.coalesce(_NUMBERS.c.organisations, 0),
        mine,
        drafts,
    ).join(_NUMBERS, _NUMBERS.c.entry_id == WantedEntry.id, isouter=all_of_them)


@lru_cache(1)
def _most_wanted() -> Prepared:
    query = _entries(VISITOR).where(_STANDS, *_in_state(VISITOR, OPEN)).order_by(*_ORDER["wanted"])
    return Prepared(query.limit(bindparam("limit", type_=Integer)))


def _in_state(viewer: Viewer, state: str) -> list[ColumnElement[bool]]:
    answered = exists().where(WantedGuide.entry_id == WantedEntry.id, *_answers(viewer))
    return [answered if state == WRITTEN else not_(answered)]


def _answers(viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    return (Guide.id == WantedGuide.guide_id, WantedGuide.refused_at.is_(None), visible_to(viewer))


def _with_guides(viewer: Viewer, rows: Sequence[Any]) -> list[Entry]:
    guides: dict[int, list[Written]] = {}
    if rows:
        query = (
            select(WantedGuide.entry_id, Guide.id, Guide.title, Guide.slug)
            .where(WantedGuide.entry_id.in_([row[0] for row in rows]), *_answers(viewer))
            .order_by(Guide.published_at)
        )
        for entry_id, guide_id, title, slug in db.session.execute(query):
            guides.setdefault(entry_id, []).append(Written(guide_id, title, f"/library/{slug}"))
    return [_entry(row, guides.get(row[0], ())) for row in rows]


def _entry(row: Any, guides: Sequence[Written]) -> Entry:
    id_, words, at, people, bodies, mine, drafts = row
    return Entry(id_, words, at, how_many(people, bodies), bool(mine), bool(drafts), tuple(guides))
