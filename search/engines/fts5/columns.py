"""What is known of every document without its text, by number, in memory.

Numbers are given once and never change their document, so these columns only grow and
serve every commit; which of the documents exist is told by `View.living`.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from sys import intern

from search.engines.fts5.bits import bits_of
from search.engines.fts5.order import Order
from search.engines.fts5.values import ValueSets
from search.ranking import Statistics

_QUERY = (
    "SELECT number, key, subject, audience, language, updated, uses, standing, title_length, body_length,"
    " length(title), facets FROM document WHERE number >= ? ORDER BY number"
)
# Bodies are put into so many classes of about equal length, titles into one for each length.
_BODY_CLASSES = 16
_LONGEST_TITLE = 15


@dataclass(frozen=True, slots=True)
class View:
    """One commit: the documents that exist in it, all with numbers below `size`, and its averages."""

    generation: int
    size: int
    living: int
    statistics: Statistics
    languages: frozenset[str]


class Columns:
    """Lists by document number, sets of numbers by value. One thread at a time extends them."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.subject_of: list[str] = []
        self.updated = array("d")
        self.uses = array("q")
        self.standing = array("d")
        self.title_lengths = array("I")
        self.body_lengths = array("I")
        self.title_letters = array("I")
        self.subjects, self.audiences, self.languages = ValueSets(), ValueSets(), ValueSets()
        self.facets: dict[str, ValueSets] = {}
        self.title_classes: dict[int, int] = {}
        self.body_classes: dict[int, int] = {}
        self._limits: list[int] = []
        self._orders: dict[str, Order] = {}

    def extend(self, connection: sqlite3.Connection, size: int) -> int:
        """Reads the documents that came since, up to `size` of them in all, and returns their numbers as a set."""
        seen: list[int] = []
        names = ("subject", "audience", "language", "title", "body")
        values: dict[str, dict[str, list[int]]] = {name: defaultdict(list) for name in names}
        facets: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for row in connection.execute(_QUERY, (len(self.keys),)):
            number, _, subject, audience, language, *_, packed = row
            self._pad(number)
            self._append(*row[1:-1])
            seen.append(number)
            values["subject"][subject].append(number)
            values["audience"][audience].append(number)
            values["language"][language].append(number)
            for name, value in _facets(packed):
                facets[name][value].append(number)
        self._pad(size)
        self.subjects.extend(values["subject"], size)
        self.audiences.extend(values["audience"], size)
        self.languages.extend(values["language"], size)
        for name, numbers in facets.items():
            self.facets.setdefault(name, ValueSets()).extend(numbers, size)
        self._classify(seen)
        return bits_of(seen)

    def _append(
        self, key: str, subject: str, _audience: str, _language: str, updated: float, uses: int, standing: float,
        title_length: int, body_length: int, letters: int,
    ) -> None:  # fmt: skip
        self.subject_of.append(intern(subject))
        self.updated.append(updated)
        self.uses.append(uses)
        self.standing.append(standing)
        self.title_lengths.append(title_length)
        self.body_lengths.append(body_length)
        self.title_letters.append(letters)
        # Last, because its length tells how much has been read.
        self.keys.append(key)

    def _pad(self, number: int) -> None:
        """Fills the places of documents that were gone before they were read."""
        while len(self.keys) < number:
            self._append("", "", "", "", 0.0, 0, 0.0, 0, 0, 0)

    def _classify(self, new: list[int]) -> None:
        """Puts documents of about equal length together. The limits stay as the first documents set them."""
        if not self._limits and new:
            lengths = sorted(self.body_lengths[number] for number in new)
            self._limits = sorted({lengths[len(lengths) * part // _BODY_CLASSES] for part in range(_BODY_CLASSES)})
        titles: dict[int, list[int]] = defaultdict(list)
        bodies: dict[int, list[int]] = defaultdict(list)
        for number in new:
            titles[min(_LONGEST_TITLE, self.title_lengths[number])].append(number)
            place = min(bisect_left(self._limits, self.body_lengths[number]), len(self._limits) - 1)
            bodies[self._limits[place]].append(number)
        for classes, found in ((self.title_classes, titles), (self.body_classes, bodies)):
            for length, numbers in found.items():
                classes[length] = classes.get(length, 0) | bits_of(numbers)

    def order(self, name: str, size: int) -> Order:
        """The order by "updated" or "uses"."""
        known = self._orders.get(name)
        if known is None or not known.fits(size):
            known = self._orders[name] = Order(self.updated if name == "updated" else self.uses, size)
        return known


@lru_cache(maxsize=4_000)
def _facets(packed: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, values in json.loads(packed).items() for value in values)
