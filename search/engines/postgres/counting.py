"""The counts around a page of hits, as columns of one statement over the rows that fit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from search.contract import Query
from search.engines.postgres.matching import Conditions
from search.engines.postgres.statement import Piece, joined
from search.engines.postgres.writing import storable

Facets = dict[str, list[tuple[str, int]]]


def periods(query: Query, asked: Conditions) -> Piece:
    """How many there are per period, in the order of the query."""
    counts = [
        Piece("count(*) FILTER (WHERE updated >= %s AND ", (start,)) + asked.narrowed(time=False) + ")"
        for start in query.periods.values()
    ]
    if not counts:
        return Piece("NULL::bigint[]")
    return Piece("(SELECT ARRAY[") + joined(", ", counts) + "] FROM matched)"


def tabs(asked: Conditions) -> Piece:
    """How many there are per subject."""
    inner = Piece("SELECT subject, count(*) AS n FROM matched WHERE ") + asked.narrowed(tab=False) + " GROUP BY subject"
    return Piece("(SELECT jsonb_object_agg(subject, n) FROM (") + inner + ") s)"


def total(query: Query, counts: Mapping[str, int]) -> int:
    """How many there are in the tab that is open."""
    return sum(counts.values()) if query.subject is None else counts.get(storable(query.subject), 0)


def facets(query: Query, asked: Conditions) -> Piece:
    """How many there are per value of the facets wanted, as [name, value, number] each."""
    plain = [name for name in query.facets if name not in asked.filters]
    parts = [_facet(plain, asked.narrowed())] if plain else []
    # The choice within a facet does not narrow its own counts.
    parts += [_facet([name], asked.narrowed(but=name)) for name in query.facets if name in asked.filters]
    if not parts:
        return Piece("NULL::jsonb")
    return Piece("(SELECT jsonb_agg(jsonb_build_array(name, value, n)) FROM (") + joined(" UNION ALL ", parts) + ") f)"


def _facet(names: list[str], where: Piece) -> Piece:
    counted = Piece("SELECT id, count(*) AS n FROM (SELECT unnest(facets) AS id FROM matched WHERE ") + where
    return Piece("SELECT v.name, v.value, c.n FROM (") + counted + Piece(
        ") f GROUP BY id) c JOIN {values} v USING (id) WHERE v.name = ANY(%s)", (names,)
    )  # fmt: skip


def facets_of(query: Query, rows: list[Any] | None) -> Facets:
    """The facets as the contract gives them."""
    found: Facets = {name: [] for name in query.facets}
    for name, value, count in rows or ():
        found[name].append((value, count))
    return {name: sorted(counts, key=lambda item: (-item[1], item[0])) for name, counts in found.items()}


def periods_of(query: Query, counts: list[int] | None) -> Mapping[str, int]:
    """The numbers per period by its name."""
    return dict(zip(query.periods, counts or (), strict=True))
