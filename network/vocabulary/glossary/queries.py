"""Reading the glossary: whole, from memory. It is hundreds of short entries, and every search asks it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import column, select, table

from network.core.db import db
from network.core.kept import Kept
from network.core.text.folding import folded
from network.vocabulary.glossary.models import GlossaryEntry

# Named here by its table, because people stand above the vocabulary in the order of imports.
_people = table("people", column("id"), column("name"))


class Entry(NamedTuple):
    """An entry in use."""

    id: int
    term: str
    ways: tuple[str, ...]
    meaning: str
    revision: int
    changed_by_id: int | None
    changed_at: datetime

    @property
    def initial(self) -> str:
        """The letter under which the list has it; whatever does not begin with one is under “0 to 9”."""
        first = folded(self.term)[:1].upper()[:1]
        return first if first.isalpha() else "0 to 9"

    @property
    def expressions(self) -> tuple[str, ...]:
        """The term and its other ways, as they are written."""
        return (self.term, *self.ways)


@dataclass(frozen=True, eq=False)
class Glossary:
    """The whole glossary, by term. `alternatives` and `written` are keyed by folded words or phrases.

    It equals only itself, so that what others work out from it can be kept beside it.
    """

    entries: tuple[Entry, ...]
    alternatives: Mapping[str, tuple[str, ...]]
    written: Mapping[str, str]


_ENTRIES = select(
    GlossaryEntry.id,
    GlossaryEntry.term,
    GlossaryEntry.ways,
    GlossaryEntry.meaning,
    GlossaryEntry.revision,
    GlossaryEntry.changed_by_id,
    GlossaryEntry.changed_at,
).where(GlossaryEntry.retired_at.is_(None))


def _read() -> Glossary:
    rows = [
        Entry(row.id, row.term, tuple(row.ways), row.meaning, row.revision, row.changed_by_id, row.changed_at)
        for row in db.session.execute(_ENTRIES)
    ]
    rows.sort(key=lambda entry: folded(entry.term))
    written: dict[str, str] = {}
    for entry in rows:
        for expression in entry.expressions:
            written.setdefault(folded(expression), expression)
    return Glossary(tuple(rows), MappingProxyType(_alternatives(rows)), MappingProxyType(written))


GLOSSARY: Kept[Glossary] = Kept("glossary", _read)


def glossary() -> Glossary:
    """All entries in use, at most a second old."""
    return GLOSSARY.value()


def alternatives() -> Mapping[str, tuple[str, ...]]:
    """Other ways to say a word or phrase, all folded and in every direction: “foi” gives “freedom of information”
    and the other way round.

    An expression of two entries ("SAR") has the ways of both; these do not become ways to say each other.
    """
    return glossary().alternatives


def entry(entry_id: int) -> Entry | None:
    """One entry in use, as the database has it now."""
    row = db.session.execute(_ENTRIES.where(GlossaryEntry.id == entry_id)).one_or_none()
    if row is None:
        return None
    return Entry(row.id, row.term, tuple(row.ways), row.meaning, row.revision, row.changed_by_id, row.changed_at)


def entry_of(term: str) -> int | None:
    """The id of the entry in use with this term, however it is spelt."""
    query = select(GlossaryEntry.id).where(GlossaryEntry.folded == folded(term), GlossaryEntry.retired_at.is_(None))
    return db.session.scalar(query)


def names(person_ids: Iterable[int | None]) -> dict[int, str]:
    """What the people who changed something are called now."""
    wanted = sorted({person_id for person_id in person_ids if person_id is not None})
    rows = db.session.execute(select(_people.c.id, _people.c.name).where(_people.c.id.in_(wanted)))
    return {row.id: row.name for row in rows}


def _alternatives(entries: Iterable[Entry]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for one in entries:
        phrases = [folded(expression) for expression in one.expressions]
        for phrase in phrases:
            others = found.setdefault(phrase, [])
            others += [other for other in phrases if other != phrase and other not in others]
    return {phrase: tuple(others) for phrase, others in found.items() if others}
