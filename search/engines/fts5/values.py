"""For every value of one property (a facet, the audience), the documents that have it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

from search.engines.fts5.bits import bits_of, flags_of

# A value that fewer than one document in so many has is kept as a list, which is smaller.
_RARE = 500


class ValueSets:
    """Grows only. What is read is never changed, so readers need no lock; one writer at a time adds."""

    def __init__(self) -> None:
        self._lists: Mapping[str, tuple[int, ...]] = {}
        self._bits: Mapping[str, int] = {}

    def extend(self, numbers: Mapping[str, list[int]], size: int) -> None:
        """Notes documents for values. Afterwards there are `size` documents in all."""
        lists, sets = dict(self._lists), dict(self._bits)
        for value, new in numbers.items():
            if value in sets:
                sets[value] |= bits_of(new)
                continue
            known = (*lists.get(value, ()), *new)
            if len(known) * _RARE > size:
                lists.pop(value, None)
                sets[value] = bits_of(known)
            else:
                lists[value] = known
        # The set is added before the list goes: a reader between the two must not miss a value.
        self._bits = sets
        self._lists = lists

    def of(self, values: Iterable[str]) -> int:
        """The documents that have any of the values."""
        wanted = list(values)
        lists, sets = self._lists, self._bits
        bits = bits_of(list(chain.from_iterable(lists.get(value, ()) for value in wanted)))
        for value in wanted:
            bits |= sets.get(value, 0)
        return bits

    def counts(self, among: int) -> dict[str, int]:
        """How many of the documents in `among` have each value; values of none are left out."""
        lists = self._lists
        found = {value: count for value, bits in self._bits.items() if (count := (bits & among).bit_count())}
        flags = flags_of(among)
        size = len(flags) * 8
        for value, numbers in lists.items():
            count = sum(flags[number >> 3] >> (number & 7) & 1 for number in numbers if number < size)
            if count:
                found[value] = count
        return found
