"""Titles that go on from what was begun, for suggestions while typing."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from heapq import nsmallest
from itertools import chain

from search.completion import begun_words
from search.engines.whoosh.bitsets import bits_of, members
from search.engines.whoosh.snapshot import Leaf, Snapshot


def complete(snapshot: Snapshot, prefix: str, audiences: frozenset[str], limit: int) -> list[tuple[str, str]]:
    """(title, key) of visible documents, the most used first, then the shorter title."""
    begun = begun_words(prefix)
    if not begun or limit < 1:
        return []
    found: list[tuple[int, int, str, str]] = []
    for leaf in snapshot.leaves:
        segment = leaf.segment
        numbers = members(_holding(leaf, begun) & leaf.living & segment.audiences.of(audiences))
        found += nsmallest(
            limit,
            ((-segment.uses[n], len(segment.titles[n]), segment.titles[n], segment.keys[n]) for n in numbers),
        )
    return [(title, key) for _, _, title, key in nsmallest(limit, found)]


def _holding(leaf: Leaf, begun: list[str]) -> int:
    """The documents whose titles hold the whole words and begin the last."""
    index, size = leaf.segment.title_index(), leaf.segment.size
    bits = bits_of(chain.from_iterable(_beginning(index, leaf.segment.title_vocabulary(), begun[-1])), size)
    for word in begun[:-1]:
        bits &= bits_of(index.get(word, ()), size)
    return bits


def _beginning(index: dict[str, array[int]], words: list[str], prefix: str) -> Iterable[array[int]]:
    for place in range(bisect_left(words, prefix), len(words)):
        if not words[place].startswith(prefix):
            return
        yield index[words[place]]
