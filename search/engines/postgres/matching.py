"""Which rows a query is about: the conditions of text, audience, filters, tab and time."""

from __future__ import annotations

from dataclasses import dataclass

from search.contract import Query
from search.engines.postgres.connections import Session
from search.engines.postgres.schema import Index
from search.engines.postgres.statement import Piece, joined
from search.engines.postgres.vectors import all_of, any_of, holding
from search.engines.postgres.writing import storable
from search.plan import Plan


@dataclass(frozen=True, slots=True)
class Conditions:
    """The conditions on the rows that fit text and audience, apart, because each count leaves another one aside."""

    tab: Piece
    time: Piece
    filters: dict[str, Piece]

    def narrowed(self, *, tab: bool = True, time: bool = True, but: str = "") -> Piece:
        """All of them together, some left aside."""
        chosen = [piece for name, piece in self.filters.items() if name != but]
        return joined(" AND ", [*chosen, *([self.tab] if tab else []), *([self.time] if time else [])])


def conditions(query: Query, session: Session, index: Index) -> Conditions:
    """The conditions of filters, tab and time."""
    numbers = _numbers(query, session, index)
    filters = {
        name: Piece(
            "facets && %s::integer[]", ([numbers[name, value] for value in values if (name, value) in numbers],)
        )
        for name, values in query.filters.items()
        if values
    }
    bounds = []
    if query.since is not None:
        bounds.append(Piece("updated >= %s", (query.since,)))
    if query.until is not None:
        bounds.append(Piece("updated < %s", (query.until,)))
    tab = Piece("true") if query.subject is None else Piece("subject = %s", (storable(query.subject),))
    return Conditions(tab, joined(" AND ", bounds), filters)


def _numbers(query: Query, session: Session, index: Index) -> dict[tuple[str, str], int]:
    pairs = [(name, value) for name, values in query.filters.items() for value in values]
    if not pairs:
        return {}
    rows = session.rows(
        index.about(
            "SELECT w.place, v.id FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY w (name, value, place) "
            "JOIN {values} v ON v.name = w.name AND v.value = w.value"
        ),
        ([storable(name) for name, _ in pairs], [storable(value) for _, value in pairs]),
    )
    return {pairs[place - 1]: number for place, number in rows}


def visible(query: Query) -> Piece:
    """The condition of audience, and of what moderators took out."""
    found = Piece("audience = ANY(%s)", (sorted(map(storable, query.audiences)),))
    if query.without:
        found += Piece(" AND key <> ALL(%s)", (sorted(map(storable, query.without)),))
    return found


def fitting(plan: Plan, query: Query) -> Piece | None:
    """The condition of text and audience; None where nothing can fit."""
    said = _said(plan, query)
    pinned = Piece("key = ANY(%s)", (pins(query),)) if query.first else None
    if said is None and pinned is None:
        return None
    text = joined(" OR ", [piece for piece in (said, pinned) if piece is not None])
    return Piece("(") + text + ") AND " + visible(query)


def complete(plan: Plan, query: Query) -> Piece | None:
    """The condition of rows that hold all the words as well, for a plan that has words; None where none can."""
    said = _said(plan, query, all_words=True)
    return None if said is None else said + " AND " + visible(query)


def pins(query: Query) -> list[str]:
    """The keys that stand on top, in order."""
    return list(dict.fromkeys(storable(key) for key in query.first))


def _said(plan: Plan, query: Query, *, all_words: bool = False) -> Piece | None:
    """The condition of the text alone."""
    if plan.everything:
        return Piece("true")
    asked = _asked(plan, all_words=all_words)
    if not asked:
        return None
    excluded = [holding(part) for part in plan.excluded]
    column = "title_terms" if plan.titles_only else "terms"
    excluded_column = "title_terms" if query.titles_only else "terms"
    if column == excluded_column or not any(excluded):
        return Piece(f"{column} @@ %s::tsquery", (all_of([asked], excluded),))
    return Piece(f"({column} @@ %s::tsquery AND NOT {excluded_column} @@ %s::tsquery)", (asked, any_of(excluded)))


def _asked(plan: Plan, *, all_words: bool) -> str:
    """The question that a row must answer; empty where none can."""
    words = [holding(word) for word, _ in plan.words]
    needed = [holding(part) for part in plan.required] + (words if all_words else [])
    if needed:
        return "" if "" in needed else all_of(needed)
    return any_of(words)
