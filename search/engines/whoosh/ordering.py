"""Scores the documents found and puts the page asked for in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from heapq import nlargest, nsmallest

from search.contract import Hit, Query
from search.engines.whoosh.bitsets import flags_of, members
from search.engines.whoosh.parts import Part
from search.engines.whoosh.snapshot import Leaf, Snapshot
from search.plan import Plan
from search.ranking import ADJUSTED_HITS, LESSER, multiplier, rarity, title_bonus, title_phrase_bonus

# A leaf's part of the search with the scores of its documents, by number.
_Scored = tuple[Part, list[float]]


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

    def hit(self, *, pinned: bool = False) -> Hit:
        segment = self.leaf.segment
        return Hit(segment.keys[self.number], segment.subject_of[self.number], self.score, pinned)


def page(parts: list[Part], wanted: Plan, query: Query, snapshot: Snapshot) -> tuple[list[Hit], int]:
    """The hits of the page, and how many there are in all."""
    total = sum(part.found.bit_count() for part in parts)
    size = max(1, query.per_page)
    start = (max(1, query.page) - 1) * size
    if start >= total:
        return [], total
    weights = _weights(parts, wanted, snapshot)
    scored = [(part, _scores(part, wanted, weights)) for part in parts]
    first = _pinned(scored, query)
    rest = _ranked(scored, wanted, query, start + size - len(first))
    hits = [found.hit(pinned=True) for found in first] + [found.hit() for found in rest]
    return hits[start : start + size], total


def _weights(parts: list[Part], wanted: Plan, snapshot: Snapshot) -> list[float]:
    """What each word counts, from how rare it is in the whole index."""
    weights = []
    for place, (_, times) in enumerate(wanted.words):
        holding = sum(part.match.words[place].bits.bit_count() for part in parts if place < len(part.match.words))
        weights.append(times * rarity(snapshot.documents, holding))
    return weights


def _pinned(scored: list[_Scored], query: Query) -> list[_Found]:
    """The documents that stand on top, in the order given."""
    found = {}
    for part, scores in scored:
        for key, number in part.pinned.items():
            found[key] = _Found(0.0, part.leaf, number, scores[number])
    return [found[key] for key in dict.fromkeys(query.first) if key in found]


def _ranked(scored: list[_Scored], wanted: Plan, query: Query, needed: int) -> list[_Found]:
    """At least `needed` of the documents in their order, where there are so many."""
    by_score = query.sort == "relevance" and not wanted.everything
    needed = min(sum(part.ranked.bit_count() for part, _ in scored), max(needed, ADJUSTED_HITS if by_score else 0))
    if needed <= 0:
        return []
    best = [found for part, scores in scored for found in _best(part, scores, wanted, query, needed)]
    best = nsmallest(needed, best, key=lambda found: found.order)
    if by_score:
        first = sorted((found.adjusted() for found in best[:ADJUSTED_HITS]), key=lambda found: found.order)
        best[:ADJUSTED_HITS] = first
    return best


def _best(part: Part, scores: list[float], wanted: Plan, query: Query, needed: int) -> list[_Found]:
    """The documents of one leaf that can be among the first `needed`."""
    numbers = members(part.ranked)
    if not numbers:
        return []
    segment = part.leaf.segment
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


def _scores(part: Part, wanted: Plan, weights: list[float]) -> list[float]:
    """The score of every document of a leaf; only those of found ones mean anything."""
    segment = part.leaf.segment
    scores = [0.0] * segment.size
    flags = flags_of(part.found, segment.size)
    held: dict[int, float] = {}
    held_words: dict[int, float] = {}
    for weight, matches in zip(weights, part.match.words, strict=False):
        for number, worth in zip(matches.numbers, matches.worths, strict=True):
            scores[number] += weight * worth
        for share, titles in ((1.0, matches.title_numbers), (LESSER, matches.title_lesser)):
            gain = weight * share
            for number in titles:
                if flags[number]:
                    held[number] = held.get(number, 0.0) + gain
                    held_words[number] = held_words.get(number, 0.0) + share
    asked = sum(weights)
    for number, weight in held.items():
        length = segment.title_lengths[number]
        scores[number] += title_bonus(len(weights), asked, weight, held_words[number], length)
    if wanted.title is not None and held:
        for number in members(part.match.bits(wanted.title, part.found, titles_only=True)):
            scores[number] += title_phrase_bonus(len(weights), asked)
    return scores
