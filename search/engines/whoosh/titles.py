"""The titles of one segment by their words, for suggestions while typing."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import chain

from search.completion import title_words
from search.engines.whoosh.bitsets import bits_of, members

_NONE: array[int] = array("I")


class Titles:
    """Knows each document by its place: the most used come first, then those with the shorter title.

    What is suggested are the first few places that fit, so however many fit, only few are looked at.
    """

    def __init__(self, titles: Sequence[str], uses: Sequence[int]) -> None:
        numbers = sorted(range(len(titles)), key=lambda n: (-uses[n], len(titles[n]), titles[n]))
        self._numbers = array("I", numbers)
        places: dict[str, array[int]] = {}
        for place, number in enumerate(numbers):
            for word in dict.fromkeys(title_words(titles[number])):
                places.setdefault(word, array("I")).append(place)
        self._words = sorted(places)
        self._places = places

    def completing(self, begun: Sequence[str]) -> Iterator[int]:
        """Documents whose titles hold all of these words whole but the last, and begin the last; in their order."""
        beginning = self._beginning(begun[-1])
        places = self._holding(begun[:-1], beginning) if len(begun) > 1 else merge(*beginning)
        last = -1
        for place in places:
            if place != last:
                last = place
                yield self._numbers[place]

    def _holding(self, whole: Sequence[str], beginning: list[array[int]]) -> array[int]:
        size = len(self._numbers)
        bits = bits_of(chain.from_iterable(beginning), size)
        for word in whole:
            bits &= bits_of(self._places.get(word, _NONE), size)
        return members(bits)

    def _beginning(self, prefix: str) -> list[array[int]]:
        first = bisect_left(self._words, prefix)
        # No letter comes after this one, so it stands behind every word that begins so.
        end = bisect_left(self._words, prefix + "\U0010ffff", first)
        return [self._places[word] for word in self._words[first:end]]
