"""Answers one query from one snapshot: matches, counts, scores, and the page asked for.

Audience, filters and tab are intersected before anything is counted or scored, so no
number and no order tells of documents that the reader may not find.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import replace
from functools import partial, reduce
from operator import and_

from search.clock import Clock
from search.contract import Query, Results
from search.engines.whoosh.matching import LeafMatch, closed
from search.engines.whoosh.ordering import page
from search.engines.whoosh.parts import Part, facet, subjects
from search.engines.whoosh.snapshot import Snapshot
from search.plan import Plan, plan, words_of
from search.query import FILTER_NAMES, parse

TIME_LIMIT = 1.0


def search(snapshot: Snapshot, query: Query, seconds: float = TIME_LIMIT) -> Results:
    """One page of hits with its counts; partial when the seconds ran out."""
    started = time.perf_counter()
    clock = Clock(seconds)
    first = plan(parse(query.text, FILTER_NAMES), snapshot.languages, query.alternatives)
    anywhere = first.closed(partial(closed, snapshot=snapshot))
    wanted = replace(anywhere, titles_only=anywhere.titles_only or query.titles_only)
    parts = [Part(leaf, wanted, query, clock) for leaf in snapshot.leaves]
    hits, total = page(parts, wanted, query, snapshot)
    return Results(
        hits=hits,
        total=total,
        subjects=subjects(parts),
        facets={name: facet(parts, name) for name in query.facets},
        complete=any(part.match.complete for part in parts) or _complete(parts, anywhere, query, clock),
        ignored=wanted.ignored,
        partial=clock.late,
        seconds=time.perf_counter() - started,
        periods={
            name: sum(part.changed_since(moment.timestamp()) for part in parts)
            for name, moment in query.periods.items()
        },
    )


def _complete(parts: list[Part], anywhere: Plan, query: Query, clock: Clock) -> bool:
    """Whether a document holds all the words where the titles of none do. To ask titles is a filter like others."""
    if not anywhere.words:
        return True
    return query.titles_only and any(
        LeafMatch(part.leaf, anywhere, part.visible, clock, excluded_in_titles=True).complete for part in parts
    )


def frequencies(snapshot: Snapshot, words: Iterable[str], audiences: frozenset[str]) -> dict[str, int]:
    """How many visible documents hold each word, in any form of it."""
    found = {}
    for word in words:
        parts = words_of(word, snapshot.languages)
        found[word] = 0
        for leaf in snapshot.leaves if parts else ():
            visible = leaf.living & leaf.segment.audiences.of(audiences)
            bits = (leaf.matches(part, titles_only=False).bits for part in parts)
            found[word] += reduce(and_, bits, visible).bit_count()
    return found
