"""Titles that go on from what was begun, for suggestions while typing."""

from __future__ import annotations

from heapq import merge
from itertools import islice

from search.completion import begun_words
from search.engines.whoosh.snapshot import Leaf, Snapshot


def complete(snapshot: Snapshot, prefix: str, audiences: frozenset[str], limit: int) -> list[tuple[str, str]]:
    """(title, key) of visible documents, the most used first, then the shorter title."""
    begun = begun_words(prefix)
    if not begun or limit < 1:
        return []
    found = merge(*(_best(leaf, begun, audiences, limit) for leaf in snapshot.leaves))
    return [(title, key) for _, _, title, key in islice(found, limit)]


def _best(leaf: Leaf, begun: list[str], audiences: frozenset[str], limit: int) -> list[tuple[int, int, str, str]]:
    segment = leaf.segment
    visible = leaf.living & segment.audiences.of(audiences)
    shown = visible.to_bytes(segment.size // 8 + 1, "little")
    numbers = (n for n in segment.by_title().completing(begun) if shown[n >> 3] >> (n & 7) & 1)
    return [
        (-segment.uses[n], len(segment.titles[n]), segment.titles[n], segment.keys[n]) for n in islice(numbers, limit)
    ]
