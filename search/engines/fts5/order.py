"""Documents in the order of one number, such as when they were changed."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from heapq import nlargest

from search.engines.fts5.bits import bits_of, flags_of, members

_STEP = 2_000
# Documents that came after the order was made are looked at one by one, up to this many.
_MOST_NEW = 1_000


class Order:
    """The order of the first `size` documents, and of what comes after them."""

    def __init__(self, values: Sequence[float], size: int) -> None:
        self.size = size
        self._values = values
        self._numbers = array("I", sorted(range(size), key=values.__getitem__))
        self._sorted = array("d", map(values.__getitem__, self._numbers))
        # From each step on, all documents to the end.
        self._from = [0]
        for start in reversed(range(0, size, _STEP)):
            self._from.append(self._from[-1] | bits_of(self._numbers[start : start + _STEP]))
        self._from.reverse()

    def fits(self, size: int) -> bool:
        """Whether it serves for so many documents."""
        return self.size <= size <= self.size + _MOST_NEW

    def at_least(self, value: float, size: int) -> int:
        """The documents whose number is not less."""
        start = bisect_left(self._sorted, value)
        step = -(-start // _STEP)
        bits = self._from[step] | bits_of(self._numbers[start : step * _STEP])
        return bits | bits_of([number for number in range(self.size, size) if self._values[number] >= value])

    def highest(self, among: int, wanted: int) -> list[int]:
        """The documents of `among` with the highest numbers, all that tie with the last one included."""
        count = among.bit_count()
        if count > 4 * wanted + _STEP:
            among = bits_of(self._last(among, wanted)) | (among >> self.size << self.size)
        numbers = members(among)
        if len(numbers) <= wanted:
            return numbers
        limit = nlargest(wanted, map(self._values.__getitem__, numbers))[-1]
        return [number for number in numbers if self._values[number] >= limit]

    def _last(self, among: int, wanted: int) -> list[int]:
        """Walks down the order until enough are found."""
        flags = flags_of(among)
        size = len(flags) * 8
        found: list[int] = []
        limit = 0.0
        for number in reversed(self._numbers):
            if number >= size or not flags[number >> 3] >> (number & 7) & 1:
                continue
            if len(found) >= wanted and self._values[number] < limit:
                break
            found.append(number)
            limit = self._values[number]
        return found
