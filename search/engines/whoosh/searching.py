"""Answers one query from one snapshot: matches, counts, scores, and the page asked for.

Audience, filters and tab are intersected before anything is counted or scored, so no
number and no order tells of documents that the reader may not find.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from heapq import nlargest, nsmallest
from operator import and_

from search.contract import Hit, Query, Results
from search.engines.whoosh.bitsets import flags_of, members
from search.engines.whoosh.matching import Clock, LeafMatch, expanded
from search.engines.whoosh.snapshot import Leaf, Snapshot
from search.plan import Plan, plan
from search.query import parse
from search.ranking import ADJUSTED_HITS, multiplier, rarity, title_bonus

TIME_LIMIT = 1.0


def search(snapshot: Snapshot, query: Query, seconds: float = TIME_LIMIT) -> Results:
    """One page of hits with its counts; partial when the seconds ran out."""
    started = time.perf_counter()
    clock = Clock(seconds)
    wanted = expanded(plan(parse(query.text), snapshot.languages), snapshot)
    parts = [_Part(leaf, wanted, query, clock) for leaf in snapshot.leaves]
    hits, total = _page(parts, wanted, query, _weights(parts, wanted, snapshot))
    return Results(
        hits=hits,
        total=total,
        subjects=_subjects(parts),
        facets={name: _facet(parts, name) for name in query.facets},
        complete=not wanted.words or any(part.match.complete for part in parts),
        ignored=wanted.ignored,
        partial=clock.late,
        seconds=time.perf_counter() - started,
    )


class _Part:
    """What one leaf contributes: its fitting documents and the sets that narrow them."""

    def __init__(self, leaf: Leaf, wanted: Plan, query: Query, clock: Clock) -> None:
        segment = leaf.segment
        self.leaf = leaf
        self.match = LeafMatch(leaf, wanted, leaf.living & segment.audiences.of(query.audiences), clock)
        everyone = (1 << segment.size) - 1
        self.tab = everyone if query.subject is None else segment.subjects.of([query.subject])
        self.filters = {
            name: segment.facets[name].of(values) if name in segment.facets else 0
            for name, values in query.filters.items()
            if values
        }
        self.filtered = self.passing()
        self.found = self.filtered & self.tab

    def passing(self, *, but: str = "") -> int:
        """The fitting documents that pass every filter, one perhaps left out."""
        return reduce(and_, (bits for name, bits in self.filters.items() if name != but), self.match.fitting)


def _subjects(parts: list[_Part]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for part in parts:
        counts.update(part.leaf.segment.subjects.counts(part.filtered))
    return dict(counts)


def _facet(parts: list[_Part], name: str) -> list[tuple[str, int]]:
    counts: Counter[str] = Counter()
    for part in parts:
        if name in part.leaf.segment.facets:
            counts.update(part.leaf.segment.facets[name].counts(part.passing(but=name) & part.tab))
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _weights(parts: list[_Part], wanted: Plan, snapshot: Snapshot) -> list[float]:
    """What each word counts, from how rare it is in the whole index."""
    weights = []
    for place, (_, times) in enumerate(wanted.words):
        holding = sum(part.match.words[place].bits.bit_count() for part in parts if place < len(part.match.words))
        weights.append(times * rarity(snapshot.documents, holding))
    return weights


@dataclass(frozen=True, slots=True)
class _Found:
    """A document found. `rank` is what it is ordered by."""

    rank: float
    leaf: Leaf
    number: int
    score: float

    @property
    def order(self) -> tuple[float, float, str]:
        segment = self.leaf.segment
        return -self.rank, -segment.updated[self.number], segment.keys[self.number]

    def adjusted(self) -> _Found:
        segment = self.leaf.segment
        score = self.score * multiplier(segment.uses[self.number], segment.standing[self.number])
        return _Found(score, self.leaf, self.number, score)

    def hit(self) -> Hit:
        return Hit(self.leaf.segment.keys[self.number], self.leaf.segment.subject_of[self.number], self.score)


def _page(parts: list[_Part], wanted: Plan, query: Query, weights: list[float]) -> tuple[list[Hit], int]:
    """The hits of the page, and how many there are in all."""
    total = sum(part.found.bit_count() for part in parts)
    size = max(1, query.per_page)
    start = (max(1, query.page) - 1) * size
    by_score = query.sort == "relevance" and not wanted.everything
    if start >= total:
        return [], total
    needed = min(total, max(start + size, ADJUSTED_HITS if by_score else 0))
    best = [found for part in parts for found in _best(part, wanted, query, weights, needed)]
    best = nsmallest(needed, best, key=lambda found: found.order)
    if by_score:
        first = sorted((found.adjusted() for found in best[:ADJUSTED_HITS]), key=lambda found: found.order)
        best[:ADJUSTED_HITS] = first
    return [found.hit() for found in best[start : start + size]], total


def _best(part: _Part, wanted: Plan, query: Query, weights: list[float], needed: int) -> list[_Found]:
    """The documents of one leaf that can be among the first `needed`."""
    numbers = members(part.found)
    if not numbers:
        return []
    segment = part.leaf.segment
    scores = _scores(part, wanted, weights)
    rank: Callable[[int], float] = scores.__getitem__
    if query.sort == "newest" or wanted.everything:
        rank = segment.updated.__getitem__
    if query.sort == "used":
        rank = segment.uses.__getitem__
    # Ties are decided by time and key, so all that tie with the last one go on.
    chosen = nlargest(needed, numbers, key=rank)
    limit = rank(chosen[-1])
    tied = [number for number in numbers if rank(number) == limit] if len(chosen) == needed else []
    return [_Found(rank(n), part.leaf, n, scores[n]) for n in dict.fromkeys([*chosen, *tied])]


def _scores(part: _Part, wanted: Plan, weights: list[float]) -> list[float]:
    """The score of every document of a leaf; only those of found ones mean anything."""
    segment = part.leaf.segment
    scores = [0.0] * segment.size
    flags = flags_of(part.found, segment.size)
    held: dict[int, float] = {}
    held_words: dict[int, int] = {}
    for weight, matches in zip(weights, part.match.words, strict=False):
        for number, worth in zip(matches.numbers, matches.worths, strict=True):
            scores[number] += weight * worth
        for number in matches.title_numbers:
            if flags[number >> 3] >> (number & 7) & 1:
                held[number] = held.get(number, 0.0) + weight
                held_words[number] = held_words.get(number, 0) + 1
    asked = sum(weights)
    for number, share in held.items():
        length = segment.title_lengths[number]
        scores[number] += title_bonus(len(weights), asked, share, held_words[number], length)
    return scores
