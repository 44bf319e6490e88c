"""Sets of document numbers as bits of one integer.

Intersecting and counting ten thousand documents costs about a microsecond this way,
which is what lets every search carry its totals and facets.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable

_DIGITS = bytes(code & 1 for code in range(256))
_PLACES = tuple(tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256))


def bits_of(numbers: Iterable[int], size: int) -> int:
    """The set of these numbers, all below `size`."""
    raw = bytearray(size // 8 + 1)
    for number in numbers:
        raw[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(raw, "little")


def flags_of(bits: int, size: int) -> bytes:
    """The set as a byte for each number, 1 for a member and 0 for others, to test or count many quickly."""
    return bin(bits | 1 << size)[:2:-1].encode().translate(_DIGITS)


def members(bits: int) -> array[int]:
    """The numbers in the set, ascending."""
    raw = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    return array("I", (place * 8 + bit for place, byte in enumerate(raw) if byte for bit in _PLACES[byte]))


class ValueSets:
    """For every value of one property, the documents that have it.

    Frequent values are kept as bits, rare ones as short lists, so that a property with
    thousands of rare values stays small.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._lists: dict[str, array[int]] = {}
        self._bits: dict[str, int] = {}

    def add(self, value: str, number: int) -> None:
        """Notes that document `number` has the value. Numbers come in ascending order."""
        numbers = self._lists.get(value)
        if numbers is None:
            numbers = self._lists[value] = array("I")
        if not numbers or numbers[-1] != number:
            numbers.append(number)

    def pack(self) -> None:
        """Turns long lists into bits, once all values are in."""
        for value, numbers in list(self._lists.items()):
            if len(numbers) * 32 > self._size:
                self._bits[value] = bits_of(numbers, self._size)
                del self._lists[value]

    def of(self, values: Iterable[str]) -> int:
        """The documents that have any of the values."""
        bits = 0
        rare: list[int] = []
        for value in values:
            if value in self._bits:
                bits |= self._bits[value]
            else:
                rare.extend(self._lists.get(value, ()))
        return bits | bits_of(rare, self._size) if rare else bits

    def counts(self, among: int) -> dict[str, int]:
        """How many of the documents in `among` have each value; values of none are left out."""
        found = {value: count for value, bits in self._bits.items() if (count := (bits & among).bit_count())}
        flags = flags_of(among, self._size)
        for value, numbers in self._lists.items():
            count = sum(map(flags.__getitem__, numbers))
            if count:
                found[value] = count
        return found
