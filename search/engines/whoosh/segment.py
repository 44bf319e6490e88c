"""One segment of the index, opened: its records in columns and its postings on demand.

A segment never changes once written (deletions are noted elsewhere), so one object
serves every generation of the index that still contains it.
"""

from __future__ import annotations

import threading
import weakref
from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from sys import intern
from typing import Any

from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import SegmentReader, TermNotFound

from search.analysis import tokens
from search.contract import EngineError
from search.engines.whoosh.bitsets import ValueSets, bits_of
from search.engines.whoosh.failures import reading
from search.engines.whoosh.schema import RECORD, TITLE, decode_positions, record_of
from search.engines.whoosh.times import Times
from search.engines.whoosh.titles import Titles

Postings = tuple["array[int]", "array[float]"]

# About six bytes a posting: at most 2 MB for each segment.
_CACHED_POSTINGS = 300_000
_CACHED_BYTES_OF_SETS = 4_000_000
_SAMPLED = 20


class Segment:
    """Documents are numbered 0 to `size` - 1; the columns are indexed by that number."""

    def __init__(self, storage: FileStorage, schema: Schema, segment: Any) -> None:
        self.size: int = segment.doc_count_all()
        self._lock = threading.Lock()
        self._cache: OrderedDict[tuple[str, str], Postings] = OrderedDict()
        self._cached = 0
        self._sets: OrderedDict[tuple[str, str], int] = OrderedDict()
        self._by_title: Titles | None = None
        self._numbers: dict[str, int] | None = None
        with reading("opening a segment"):
            self._reader = SegmentReader(storage, schema, segment)
            # The files close when nobody searches this segment any more.
            weakref.finalize(self, self._reader.close)
            self._load()

    def _load(self) -> None:
        column = self._reader.column_reader(RECORD)
        self.keys: list[str] = []
        self.titles: list[str] = []
        self.subject_of: list[str] = []
        self.language_of: list[str] = []
        self.versions = array("q")
        self.updated = array("d")
        self.uses = array("q")
        self.standing = array("f")
        self.title_lengths = array("I")
        self.body_lengths = array("I")
        self.subjects, self.audiences = ValueSets(self.size), ValueSets(self.size)
        self.languages = ValueSets(self.size)
        self.facets: dict[str, ValueSets] = {}
        for number in range(self.size):
            packed = bytes(column[number])
            if not packed:
                # For a column whose file a merge has just deleted, Whoosh gives empty values.
                raise FileNotFoundError("the records of a segment are gone")
            self._add(number, packed)
        for sets in (self.subjects, self.audiences, self.languages, *self.facets.values()):
            sets.pack()
        self.times = Times(self.updated)

    def _add(self, number: int, packed: bytes) -> None:
        record = record_of(packed)
        self.keys.append(record.key)
        self.titles.append(record.title)
        self.subject_of.append(intern(record.subject))
        self.language_of.append(intern(record.language))
        self.versions.append(record.version)
        self.updated.append(record.updated)
        self.uses.append(record.uses)
        self.standing.append(record.standing)
        self.title_lengths.append(record.title_length)
        self.body_lengths.append(record.body_length)
        self.subjects.add(record.subject, number)
        self.audiences.add(record.audience, number)
        self.languages.add(record.language, number)
        for name, values in record.facets.items():
            sets = self.facets.setdefault(intern(name), ValueSets(self.size))
            for value in values:
                sets.add(value, number)

    def postings(self, field: str, term: str) -> Postings:
        """The documents that hold a term, ascending, and how often each does; deleted ones included."""
        with self._lock, reading("looking up a word"):
            known = self._cache.get((field, term))
            if known is not None:
                self._cache.move_to_end((field, term))
                return known
            found = self._read(field, term)
            self._remember((field, term), found)
            return found

    def holders(self, field: str, term: str) -> int:
        """The same documents as a set, for who need not know how often."""
        with self._lock:
            known = self._sets.get((field, term))
            if known is not None:
                self._sets.move_to_end((field, term))
                return known
        bits = bits_of(self.postings(field, term)[0], self.size)
        with self._lock:
            self._sets[field, term] = bits
            while len(self._sets) * (self.size // 8 + 100) > _CACHED_BYTES_OF_SETS:
                self._sets.popitem(last=False)
        return bits

    def _read(self, field: str, term: str) -> Postings:
        numbers, counts = array("I"), array("f")
        for block in self._blocks(field, term):
            block._read_ids()
            block._read_weights()
            numbers.extend(block._ids)
            counts.extend(block._weights)
        return numbers, counts

    def sample(self) -> None:
        """Looks whether some documents are where their titles say. Raises EngineError if not.

        Whoosh keeps no checksums; this finds files that were cut off or overwritten.
        """
        for number in range(0, self.size, max(1, self.size // _SAMPLED)):
            for token in islice(tokens(self.titles[number], self.language_of[number]), 10):
                with self._lock, reading("sampling"):
                    if number not in self._read(TITLE, token.term)[0]:
                        raise EngineError("the search index does not hold what it should")

    def _remember(self, name: tuple[str, str], found: Postings) -> None:
        self._cache[name] = found
        self._cached += len(found[0]) + 50
        while self._cached > _CACHED_POSTINGS and len(self._cache) > 1:
            _, (dropped, _) = self._cache.popitem(last=False)
            self._cached -= len(dropped) + 50

    def positions(self, field: str, term: str, wanted: Sequence[int], late: Callable[[], bool]) -> dict[int, list[int]]:
        """Where the term stands in those of the wanted documents, ascending, that hold it; some of them once late."""
        found: dict[int, list[int]] = {}
        among, place = set(wanted), 0
        with self._lock, reading("looking up a phrase"):
            for block in self._blocks(field, term):
                if place == len(wanted) or late():
                    break
                # Unpacking a block is what costs; one that ends before the next wanted document is passed over.
                if block._maxid < wanted[place]:
                    continue
                block._read_ids()
                block._read_values()
                for number, data in zip(block._ids, block._values, strict=True):
                    if number in among:
                        found[number] = decode_positions(data)
                place = bisect_right(wanted, block._maxid, place)
        return found

    def _blocks(self, field: str, term: str) -> Iterator[Any]:
        """The posting matcher, standing on one block after another.

        This reads Whoosh's blocks whole instead of asking posting by posting; it depends
        on 2.7.4, which is pinned. The file position is shared, hence the lock around it.
        """
        try:
            matcher = self._reader._terms.matcher(field, term.encode("utf-8", "replace"), _format(self._reader, field))
        except TermNotFound:
            return
        while matcher.is_active():
            yield matcher
            matcher._next_block()

    def terms_beginning(self, field: str, prefix: str, most: int) -> dict[str, int]:
        """Terms that begin so, with the number of documents that hold each; at most `most` are looked at."""
        found = {}
        with self._lock, reading("completing a word"):
            for _, term in zip(range(most), self._reader.expand_prefix(field, prefix), strict=False):
                found[bytes(term).decode()] = int(self._reader.doc_frequency(field, term))
        return found

    def frequency(self, field: str, term: str) -> int:
        """How many documents hold the term, deleted ones included; not looked up one by one."""
        with self._lock, reading("looking up a word"):
            return int(self._reader.doc_frequency(field, term))

    def holds(self, field: str, term: str) -> bool:
        """Whether the term is in the index at all."""
        with self._lock, reading("looking up a word"):
            return (field, term) in self._reader

    def having(self, keys: Iterable[str]) -> dict[str, int]:
        """The numbers of the documents with these keys, as far as they are in this segment."""
        if self._numbers is None:
            self._numbers = {key: number for number, key in enumerate(self.keys)}
        return {key: self._numbers[key] for key in keys if key in self._numbers}

    def by_title(self) -> Titles:
        """The documents by the words of their titles; looked through when first asked for."""
        if self._by_title is None:
            self._by_title = Titles(self.titles, self.uses)
        return self._by_title


def _format(reader: SegmentReader, field: str) -> Any:
    return reader.schema[field].format
