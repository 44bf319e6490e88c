"""The index as it was at one commit, ready to be searched by any number of threads.

A snapshot never changes. Whoever searches holds on to it; when the last one lets go,
Python closes its files, also those that a merge has deleted meanwhile.
"""

from __future__ import annotations

import threading
import time
from array import array
from collections import OrderedDict
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from search.contract import EngineError
from search.engines.whoosh.bitsets import bits_of, members
from search.engines.whoosh.failures import reading
from search.engines.whoosh.saying import saying
from search.engines.whoosh.schema import BODY, TITLE
from search.engines.whoosh.segment import Segment
from search.plan import Option, Word
from search.ranking import LESSER, Statistics, body_density, saturated, title_density

INDEX_NAME = "MAIN"
_CACHED_WEIGHTS = 600_000
# A merge may delete files between reading the list of segments and opening them.
_TRIES = 10


class Matches(NamedTuple):
    """The documents of a leaf that hold a word, with the word's worth in each.

    `bits` are those not deleted. `title_numbers` hold the word in their titles, `title_lesser`
    only another way to say it.
    """

    numbers: array[int]
    worths: array[float]
    bits: int
    title_numbers: array[int]
    title_lesser: array[int]


class Leaf:
    """A segment as seen by one snapshot: which documents live, and what averages apply."""

    def __init__(self, segment: Segment, living: int) -> None:
        self.segment = segment
        self.living = living
        self._lock = threading.Lock()
        self._cache: OrderedDict[tuple[Word, bool], Matches] = OrderedDict()
        self._cached = 0
        self._title_densities: array[float] = array("f")
        self._body_densities: array[float] = array("f")

    def weigh(self, statistics: Statistics) -> None:
        """Prepares what a single occurrence is worth in each document."""
        titles = {length: title_density(length, statistics) for length in set(self.segment.title_lengths)}
        bodies = {length: body_density(length, statistics) for length in set(self.segment.body_lengths)}
        self._title_densities = array("f", map(titles.__getitem__, self.segment.title_lengths))
        self._body_densities = array("f", map(bodies.__getitem__, self.segment.body_lengths))

    def matches(self, word: Word, *, titles_only: bool) -> Matches:
        """Who holds the word; remembered while there is room."""
        name = (word, titles_only)
        with self._lock:
            known = self._cache.get(name)
            if known is not None:
                self._cache.move_to_end(name)
                return known
        found = self._match(word, titles_only=titles_only)
        with self._lock:
            if name not in self._cache:
                self._cache[name] = found
                self._cached += len(found.numbers) + self.segment.size // 64 + 50
            while self._cached > _CACHED_WEIGHTS and len(self._cache) > 1:
                _, dropped = self._cache.popitem(last=False)
                self._cached -= len(dropped.numbers) + self.segment.size // 64 + 50
        return found

    def _match(self, word: Word, *, titles_only: bool) -> Matches:
        dense: dict[int, float] = {}
        typed: set[int] = set()
        lesser: set[int] = set()
        for term in word.terms:
            numbers, counts = self.segment.postings(TITLE, term)
            (lesser if term in word.lesser else typed).update(numbers)
            _add(dense, numbers, counts, self._title_densities, LESSER if term in word.lesser else 1.0)
        for term in () if titles_only else word.terms:
            postings = self.segment.postings(BODY, term)
            _add(dense, *postings, self._body_densities, LESSER if term in word.lesser else 1.0)
        for option in word.phrases:
            lesser.update(self._add_phrase(dense, TITLE, option, self._title_densities))
            if not titles_only:
                self._add_phrase(dense, BODY, option, self._body_densities)
        ordered = sorted(dense)
        bits = bits_of(ordered, self.segment.size) & self.living
        worths = array("f", [saturated(dense[number]) for number in ordered])
        titles = array("I", sorted(typed)), array("I", sorted(lesser - typed))
        return Matches(array("I", ordered), worths, bits, *titles)

    def _add_phrase(
        self, dense: dict[int, float], field: str, option: Option, density: array[float]
    ) -> Collection[int]:
        """Adds what saying a phrase is worth; the numbers of those that say it."""
        times = saying(self.segment, field, option, (1 << self.segment.size) - 1, lambda: False)
        _add(dense, array("I", times), array("f", times.values()), density, LESSER)
        return times.keys()


def _add(
    dense: dict[int, float], numbers: array[int], counts: array[float], density: array[float], factor: float
) -> None:
    if dense or factor != 1.0:
        for number, count in zip(numbers, counts, strict=True):
            dense[number] = dense.get(number, 0.0) + factor * count * density[number]
    else:
        dense.update((number, count * density[number]) for number, count in zip(numbers, counts, strict=True))


class Snapshot:
    """All leaves of one commit."""

    def __init__(self, directory: str, generation: int, leaves: dict[str, Leaf]) -> None:
        self.directory = directory
        self.generation = generation
        self.by_segment = leaves
        self.leaves = list(leaves.values())
        self.documents = sum(leaf.living.bit_count() for leaf in self.leaves)
        self.languages = frozenset(name for leaf in self.leaves for name in leaf.segment.languages.counts(leaf.living))
        self.statistics = Statistics(self.documents, *self._average_lengths())
        for leaf in self.leaves:
            leaf.weigh(self.statistics)

    def sample(self) -> None:
        """Raises EngineError where the files do not hold what they should; see `Segment.sample`."""
        for leaf in self.leaves:
            leaf.segment.sample()

    def _average_lengths(self) -> tuple[float, float]:
        titles = bodies = 0
        for leaf in self.leaves:
            living = members(leaf.living)
            titles += sum(map(leaf.segment.title_lengths.__getitem__, living))
            bodies += sum(map(leaf.segment.body_lengths.__getitem__, living))
        return titles / max(1, self.documents), bodies / max(1, self.documents)


def generation_of(path: Path) -> int:
    """The newest commit in a directory; -1 where there is none."""
    with reading("looking for the newest commit"):
        return int(TOC._latest_generation(FileStorage(str(path)), INDEX_NAME))


def open_snapshot(path: Path, previous: Snapshot | None = None) -> Snapshot:
    """Opens the newest commit, keeping what the previous snapshot of the directory has open."""
    for attempt in range(_TRIES):
        try:
            return _open(path, previous)
        except EngineError as error:
            if attempt + 1 == _TRIES or not isinstance(error.__cause__, FileNotFoundError):
                raise
            time.sleep(0.02)
    raise AssertionError("unreachable")


def _open(path: Path, previous: Snapshot | None) -> Snapshot:
    storage = FileStorage(str(path))
    with reading("opening the index"):
        toc = TOC.read(storage, INDEX_NAME)
    known = previous.by_segment if previous is not None and previous.directory == path.name else {}
    leaves = {}
    for part in toc.segments:
        name = part.segment_id()
        segment = known[name].segment if name in known else Segment(storage, toc.schema, part)
        everyone = (1 << segment.size) - 1
        leaves[name] = Leaf(segment, everyone & ~bits_of(part.deleted_docs(), segment.size))
    return Snapshot(path.name, toc.generation, leaves)
