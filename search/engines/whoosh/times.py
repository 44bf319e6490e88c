"""When the documents of a segment were last changed, as sets to intersect with."""

from __future__ import annotations

import threading
from array import array
from bisect import bisect_left
from collections import OrderedDict

from search.engines.whoosh.bitsets import bits_of

# "The last week" begins at another moment with every search, but seldom before another document.
_REMEMBERED = 16


class Times:
    """The documents by the time of their last change."""

    def __init__(self, updated: array[float]) -> None:
        order = sorted(range(len(updated)), key=updated.__getitem__)
        self._numbers = array("I", order)
        self._sorted = array("d", map(updated.__getitem__, order))
        self._lock = threading.Lock()
        self._cache: OrderedDict[int, int] = OrderedDict()

    def since(self, moment: float) -> int:
        """The documents changed at this moment or later; seconds since 1970."""
        place = bisect_left(self._sorted, moment)
        with self._lock:
            known = self._cache.get(place)
            if known is not None:
                self._cache.move_to_end(place)
                return known
        bits = bits_of(self._numbers[place:], len(self._numbers))
        with self._lock:
            self._cache[place] = bits
            while len(self._cache) > _REMEMBERED:
                self._cache.popitem(last=False)
        return bits
