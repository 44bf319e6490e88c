"""Reads which documents hold what was asked, and remembers it.

What is remembered stays true through commits: documents that are gone are masked by the
view, and of new ones, which have higher numbers, only the rest is read.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import NamedTuple

from search.engines.fts5.bits import Slices, added, bits_of, members, union
from search.engines.fts5.columns import View
from search.engines.fts5.failures import reading
from search.engines.fts5.schema import BODY, BREAK, PLACES, TITLE, counted, unpacked, written
from search.words import Option, Word

# In bytes, for each process.
_MOST_REMEMBERED = 32_000_000
# Up to so many documents a phrase is counted in the texts; beyond, once for each.
_COUNTED = 50


_FOUND = {
    "said": "SELECT group_concat(rowid) FROM said WHERE said MATCH ? AND rowid >= ?",
    "held": "SELECT group_concat(rowid) FROM held WHERE held MATCH ? AND rowid >= ?",
    "begun": "SELECT group_concat(rowid) FROM begun WHERE begun MATCH ? AND rowid >= ?",
}


class Counts(NamedTuple):
    """How often documents hold a word in each field: as it was typed, and said in other ways."""

    title: Slices
    body: Slices
    other_title: Slices
    other_body: Slices


@dataclass(frozen=True, slots=True)
class _Known:
    """What was found up to a size; every document of `generation` below it is in."""

    generation: int
    size: int
    found: tuple[Slices, ...]

    def weight(self) -> int:
        return 200 + sum(bits.bit_length() // 8 for slices in self.found for bits in slices)


class Postings:
    """Of one index. Safe for many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cache: OrderedDict[Hashable, _Known] = OrderedDict()
        self._weight = 0

    def counts(self, connection: sqlite3.Connection, view: View, word: Word) -> Counts:
        """How often each document holds a word without an open end; some of the documents may be gone."""
        return Counts(*self._get(view, word, lambda first: _counts(connection, word, first)))

    def saying(self, connection: sqlite3.Connection, view: View, option: Option, field: str) -> int:
        """The documents that say exactly this in a field."""
        asked = f"{field} : {_phrase(option)}"
        return self._set(view, ("said", asked), lambda first: _matching(connection, "said", asked, first))

    def beginning(self, connection: sqlite3.Connection, view: View, words: tuple[str, ...]) -> int:
        """The documents whose titles hold the words, the last of them perhaps unfinished."""
        asked = " AND ".join(f'"{written(word)}"' for word in words) + " *"
        return self._set(view, ("begun", asked), lambda first: _matching(connection, "begun", asked, first))

    def _set(self, view: View, name: Hashable, read: Callable[[int], int]) -> int:
        return self._get(view, name, lambda first: ((read(first),),))[0][0]

    def _get(self, view: View, name: Hashable, read: Callable[[int], tuple[Slices, ...]]) -> tuple[Slices, ...]:
        with self._lock:
            known = self._cache.get(name)
            if known is not None:
                self._cache.move_to_end(name)
        if known is not None and known.generation <= view.generation and known.size == view.size:
            return known.found
        with reading("looking up a word"):
            if known is None or known.generation > view.generation:
                found = read(0)
            else:
                found = tuple(map(_together, known.found, read(known.size)))
        if known is None or known.generation < view.generation:
            self._remember(name, _Known(view.generation, view.size, found))
        return found

    def _remember(self, name: Hashable, known: _Known) -> None:
        with self._lock:
            before = self._cache.pop(name, None)
            if before is not None:
                self._weight -= before.weight()
            self._cache[name] = known
            self._weight += known.weight()
            while self._weight > _MOST_REMEMBERED and len(self._cache) > 1:
                self._weight -= self._cache.popitem(last=False)[1].weight()


def _together(slices: Slices, more: Slices) -> Slices:
    """The numbers of two groups of documents that have none in common."""
    shorter, longer = sorted((slices, more), key=len)
    return [*map(int.__or__, shorter, longer), *longer[len(shorter) :]]


def _counts(connection: sqlite3.Connection, word: Word, first: int) -> Counts:
    """The counts in documents from the number `first` on."""
    sums: dict[tuple[str, bool], Slices] = {(field, other): [] for other in (False, True) for field in PLACES}
    for term in word.terms:
        for field, places in PLACES.items():
            name = field, term in word.lesser
            tokens = (counted(written(term), field, place) for place in range(places))
            sets = [_matching(connection, "held", f'"{token}"', first) for token in tokens]
            while sets and not sets[-1]:
                sets.pop()
            sums[name] = added(sums[name], sets)
    for option in word.phrases:
        for field in PLACES:
            sums[field, True] = added(sums[field, True], _times_said(connection, option, field, first))
    return Counts(sums[TITLE, False], sums[BODY, False], sums[TITLE, True], sums[BODY, True])


def _matching(connection: sqlite3.Connection, table: str, asked: str, first: int) -> int:
    """The documents that FTS5 finds. They come as one text, which is far quicker than as rows."""
    text = connection.execute(_FOUND[table], (asked, first)).fetchone()[0]
    return bits_of(list(map(int, text.split(",")))) if text else 0


def _phrase(option: Option) -> str:
    """The phrase in the language of FTS5. A place that no term stands at is one without words."""
    places = {offset: written(term) for term, offset in option}
    return '"' + " ".join(places.get(place, BREAK) for place in range(max(places) + 1)) + '"'


def _times_said(connection: sqlite3.Connection, option: Option, field: str, first: int) -> Slices:
    """How often documents say a phrase."""
    asked = _phrase(option)
    bits = _matching(connection, "said", f"{field} : {asked}", first)
    if not bits or bits.bit_count() > _COUNTED:
        return [bits]
    sums: list[int] = []
    looked_for = f" {asked[1:-1]} "
    rows = connection.execute(
        "SELECT number, packed FROM terms WHERE number IN (SELECT value FROM json_each(?))",
        (json.dumps(members(bits)),),
    )
    for number, packed in rows:
        text = f" {getattr(unpacked(packed), field)} "
        times = max(1, _occurrences(text, looked_for))
        sums = added(sums, [(times >> place & 1) << number for place in range(times.bit_length())])
    return sums


def _occurrences(text: str, looked_for: str) -> int:
    times, place = 0, text.find(looked_for)
    while place >= 0:
        times += 1
        place = text.find(looked_for, place + 1)
    return times


def anywhere(counts: Counts, *, titles_only: bool = False) -> int:
    """The documents that hold the word."""
    in_title = union(counts.title) | union(counts.other_title)
    return in_title if titles_only else in_title | union(counts.body) | union(counts.other_body)
