"""What one leaf contributes to a search: its fitting documents and the sets that narrow them."""

from __future__ import annotations

from collections import Counter
from functools import reduce
from operator import and_

from search.clock import Clock
from search.contract import Query
from search.engines.whoosh.bitsets import bits_of
from search.engines.whoosh.matching import LeafMatch
from search.engines.whoosh.snapshot import Leaf
from search.plan import Plan


class Part:
    """`found` are the documents to show, `ranked` those of them that are not pinned."""

    def __init__(self, leaf: Leaf, wanted: Plan, query: Query, clock: Clock) -> None:
        segment = leaf.segment
        self.leaf = leaf
        without = bits_of(segment.having(query.without).values(), segment.size) if query.without else 0
        self.visible = leaf.living & segment.audiences.of(query.audiences) & ~without
        self.match = LeafMatch(leaf, wanted, self.visible, clock, excluded_in_titles=query.titles_only)
        pins = segment.having(query.first) if query.first else {}
        self._said = self.match.fitting | bits_of(pins.values(), segment.size) & self.visible
        everyone = (1 << segment.size) - 1
        self._tab = everyone if query.subject is None else segment.subjects.of([query.subject])
        self._time = _between(leaf, query) if query.since or query.until else everyone
        self._filters = {
            name: segment.facets[name].of(values) if name in segment.facets else 0
            for name, values in query.filters.items()
            if values
        }
        self._filtered = self._passing()
        self.found = self._filtered & self._time & self._tab
        self.pinned = {key: number for key, number in pins.items() if self.found >> number & 1}
        self.ranked = self.found & ~bits_of(self.pinned.values(), segment.size)

    def _passing(self, *, but: str = "") -> int:
        """The fitting documents that pass every filter, one perhaps left out; the time aside."""
        return reduce(and_, (bits for name, bits in self._filters.items() if name != but), self._said)

    def subjects(self) -> dict[str, int]:
        """Counts per tab."""
        return self.leaf.segment.subjects.counts(self._filtered & self._time)

    def facet(self, name: str) -> dict[str, int]:
        """Counts per value."""
        if name not in self.leaf.segment.facets:
            return {}
        return self.leaf.segment.facets[name].counts(self._passing(but=name) & self._time & self._tab)

    def changed_since(self, moment: float) -> int:
        """How many were changed then or later, the times of the query left aside."""
        return (self._filtered & self._tab & self.leaf.segment.times.since(moment)).bit_count()


def _between(leaf: Leaf, query: Query) -> int:
    times = leaf.segment.times
    bits = times.since(query.since.timestamp()) if query.since else (1 << leaf.segment.size) - 1
    return bits & ~times.since(query.until.timestamp()) if query.until else bits


def subjects(parts: list[Part]) -> dict[str, int]:
    """Counts per tab over all leaves."""
    counts: Counter[str] = Counter()
    for part in parts:
        counts.update(part.subjects())
    return dict(counts)


def facet(parts: list[Part], name: str) -> list[tuple[str, int]]:
    """(value, count) of a facet over all leaves, most frequent first."""
    counts: Counter[str] = Counter()
    for part in parts:
        counts.update(part.facet(name))
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
