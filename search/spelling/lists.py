"""The dictionary as bytes: words in order, how frequent they are, and the lists to look them up by."""

from __future__ import annotations

import sys
import zlib
from array import array
from collections.abc import Iterable, Mapping
from itertools import accumulate

# Only so many letters at the beginning are left out of; words agree further on or not.
_BEGINNING = 7
_TWO_LEFT_OUT_FROM = 5
_MARK = b"words1" + sys.byteorder[:1].encode() + b"\n"
# The mark, a checksum, then how many words, list places and list entries there are.
_HEAD = len(_MARK) + 4 * 4

Bytes = bytes | memoryview


class DamagedError(ValueError):
    """These are not the bytes of a dictionary."""


def remainders(word: str, most: int) -> set[str]:
    """The beginning of a word with up to `most` letters left out in every way."""
    found = {word[:_BEGINNING]}
    last = found
    for _ in range(most):
        last = {rest[:place] + rest[place + 1 :] for rest in last for place in range(len(rest))}
        found |= last
    return found


def pack(frequencies: Mapping[str, int]) -> bytes:
    """The bytes for these words."""
    words = sorted((word.encode("utf-8", "replace"), count) for word, count in frequencies.items() if word)
    ends = array("I", accumulate((len(word) for word, _ in words), initial=0))
    counts = array("I", (min(max(1, count), 2**32 - 1) for _, count in words))
    starts, entries = _listed(word.decode() for word, _ in words)
    body = b"".join(
        [
            array("I", (len(words), len(starts) - 1, len(entries))).tobytes(), ends.tobytes(), counts.tobytes(),
            starts.tobytes(), entries.tobytes(), *(word for word, _ in words),
        ]
    )  # fmt: skip
    return _MARK + array("I", [zlib.crc32(body)]).tobytes() + body


def _listed(words: Iterable[str]) -> tuple[array[int], array[int]]:
    """For every place the start of its list, and all lists one after another."""
    codes, owners = array("I"), array("I")
    for number, word in enumerate(words):
        for rest in remainders(word, 1 if len(word) < _TWO_LEFT_OUT_FROM else 2):
            codes.append(zlib.crc32(rest.encode()))
            owners.append(number)
    places = 1 << max(4, len(codes).bit_length() - 1)
    sizes = array("I", bytes(4 * (places + 1)))
    for code in codes:
        sizes[(code & places - 1) + 1] += 1
    starts = array("I", accumulate(sizes))
    free, entries = array("I", starts), array("I", bytes(4 * len(codes)))
    for code, owner in zip(codes, owners, strict=True):
        place = code & places - 1
        entries[free[place]] = owner
        free[place] += 1
    return starts, entries


class Lists:
    """Reads the bytes that `pack` wrote, wherever they lie."""

    def __init__(self, data: Bytes) -> None:
        """Raises DamagedError for other bytes."""
        view = memoryview(data)
        if len(view) < _HEAD or bytes(view[: len(_MARK)]) != _MARK:
            raise DamagedError("not a dictionary, or of another form")
        check, self.size, places, entries = view[len(_MARK) : _HEAD].cast("I")
        self._places = places
        self._ends, rest = _cut(view[_HEAD:], self.size + 1)
        self.frequencies, rest = _cut(rest, self.size)
        self._starts, rest = _cut(rest, places + 1)
        self._entries, self._words = _cut(rest, entries)
        if zlib.crc32(view[len(_MARK) + 4 :]) != check:
            raise DamagedError("the dictionary is damaged")

    def word(self, number: int) -> str:
        """The word of this number; they are in order."""
        return str(self._words[self._ends[number] : self._ends[number + 1]], "utf-8")

    def number_of(self, word: str) -> int | None:
        """The number of a word; None where it is not in the dictionary."""
        wanted = word.encode("utf-8", "replace")
        low, high = 0, self.size
        while low < high:
            middle = (low + high) // 2
            if bytes(self._words[self._ends[middle] : self._ends[middle + 1]]) < wanted:
                low = middle + 1
            else:
                high = middle
        return low if low < self.size and self.word(low).encode() == wanted else None

    def listed(self, rest: str) -> memoryview:
        """The numbers of the words listed under this remainder, a few others among them."""
        place = zlib.crc32(rest.encode("utf-8", "replace")) & (self._places - 1)
        return self._entries[self._starts[place] : self._starts[place + 1]]


def _cut(view: memoryview, count: int) -> tuple[memoryview, memoryview]:
    """So many numbers from the beginning, and the rest."""
    if len(view) < 4 * count:
        raise DamagedError("the dictionary is cut off")
    return view[: 4 * count].cast("I"), view[4 * count :]
