"""Answers one query from one commit: matches, counts, scores, and the page asked for.

Audience, filters and tab are intersected before anything is counted or scored, so no
number and no order tells of documents that the reader may not find.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from functools import partial, reduce
from operator import and_

from search.clock import Clock
from search.contract import Hit, Query, Results
from search.engines.fts5.bits import bits_of, members
from search.engines.fts5.candidates import Candidates, Ranked
from search.engines.fts5.failures import reading
from search.engines.fts5.index import Reader
from search.engines.fts5.matching import Matcher, closed
from search.engines.fts5.schema import TITLE, encodable
from search.engines.fts5.scoring import scores_of
from search.plan import plan
from search.query import FILTER_NAMES, parse
from search.ranking import ADJUSTED_HITS, multiplier, rarity

TIME_LIMIT = 1.0


def search(reader: Reader, query: Query, seconds: float = TIME_LIMIT) -> Results:
    """One page of hits with its counts; partial when the seconds ran out."""
    started = time.perf_counter()
    clock = Clock(seconds)
    found = _Search(reader, query, clock)
    hits = found.page()
    return Results(
        hits=hits,
        total=found.found.bit_count(),
        subjects=reader.columns.subjects.counts(found.passing()),
        facets={name: found.facet(name) for name in query.facets},
        complete=found.complete,
        ignored=found.plan.ignored,
        partial=clock.late,
        seconds=time.perf_counter() - started,
        periods=found.periods(),
    )


class _Search:
    """The sets of documents that a query makes, from those that fit its text to those on the page."""

    def __init__(self, reader: Reader, query: Query, clock: Clock) -> None:
        self.reader = reader
        self.query = query
        view, columns = reader.view, reader.columns
        tree = parse(query.text, FILTER_NAMES)
        self.plan = plan(tree, view.languages, query.alternatives).closed(partial(closed, reader=reader))
        self.numbers = self._numbers_of({*query.first, *query.without})
        visible = view.living & columns.audiences.of(query.audiences)
        visible ^= visible & self._bits_of(query.without)
        self.matcher = Matcher(reader, self.plan, visible, clock)
        titles_only = query.titles_only or self.plan.titles_only
        self.words = self.matcher.words(titles_only=titles_only)
        fitting = self.matcher.fitting(self.words, titles_only=titles_only, excluded_titles_only=query.titles_only)
        self.complete = self._complete(fitting)
        self.fitting = fitting | visible & self._bits_of(query.first)
        self.everyone = (1 << view.size) - 1
        self.tab = self.everyone if query.subject is None else columns.subjects.of([query.subject])
        self.times = self._since(query.since.timestamp()) if query.since else self.everyone
        if query.until:
            self.times ^= self.times & self._since(query.until.timestamp())
        self.filters = {
            name: columns.facets[name].of(values) if name in columns.facets else 0
            for name, values in query.filters.items()
            if values
        }
        self.found = self.passing() & self.tab

    def _numbers_of(self, keys: Iterable[str]) -> dict[str, int]:
        """The documents with these keys."""
        given = {encodable(key): key for key in keys}
        if not given:
            return {}
        with reading("looking up keys"):
            rows = self.reader.connection.execute(
                "SELECT key, number FROM document WHERE key IN (SELECT value FROM json_each(?))",
                (json.dumps(list(given)),),
            ).fetchall()
        return {given[key]: number for key, number in rows}

    def _bits_of(self, keys: Iterable[str]) -> int:
        return bits_of([self.numbers[key] for key in keys if key in self.numbers])

    def _complete(self, fitting: int) -> bool:
        """Whether a document holds all the words. That only titles are asked is a filter like others."""
        words, narrowed = self.words, self.query.titles_only
        if narrowed and not self.plan.titles_only:
            words = self.matcher.words(titles_only=False)
            fitting = self.matcher.fitting(words, titles_only=False, excluded_titles_only=narrowed)
        return not self.plan.words or bool(reduce(and_, (found.bits for found in words), fitting))

    def passing(self, *, but: str = "", whenever: bool = False) -> int:
        """The fitting documents that pass every filter, one of them perhaps left out."""
        start = self.fitting if whenever else self.fitting & self.times
        return reduce(and_, (bits for name, bits in self.filters.items() if name != but), start)

    def _since(self, moment: float) -> int:
        return self.reader.columns.order("updated", self.reader.view.size).at_least(moment, self.reader.view.size)

    def periods(self) -> dict[str, int]:
        """How many documents changed since each of the times asked for."""
        among = self.passing(whenever=True) & self.tab
        return {
            name: (among & self._since(since.timestamp())).bit_count() for name, since in self.query.periods.items()
        }

    def facet(self, name: str) -> list[tuple[str, int]]:
        """The values of a facet with their counts, most frequent first."""
        if name not in self.reader.columns.facets:
            return []
        counts = self.reader.columns.facets[name].counts(self.passing(but=name) & self.tab)
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))

    def page(self) -> list[Hit]:
        """The hits of the page."""
        size = max(1, self.query.per_page)
        start = (max(1, self.query.page) - 1) * size
        total = self.found.bit_count()
        if start >= total:
            return []
        pinned = [n for key in dict.fromkeys(self.query.first) if (n := self.numbers.get(key, -1)) >= 0]
        pinned = [number for number in pinned if self.found >> number & 1]
        needed = min(total, start + size)
        ranked = self._ranked()
        best = self._best(self.found ^ bits_of(pinned), needed, ranked)
        before = self._scored(pinned, ranked)
        hits = [(number, before[number]) for number in pinned] + best
        keys, subjects = self.reader.columns.keys, self.reader.columns.subject_of
        return [
            Hit(keys[number], subjects[number], score, pinned=place < len(pinned))
            for place, (number, score) in enumerate(hits[start : start + size], start)
        ]

    def _ranked(self) -> Ranked:
        view = self.reader.view
        weights = [
            times * rarity(view.statistics.documents, found.bits.bit_count())
            for found, (_, times) in zip(self.words, self.plan.words, strict=False)
        ]
        titled = self.matcher.saying(self.plan.title, (TITLE,)) if self.plan.title else 0
        return Ranked(self.words, weights, titled)

    def _scored(self, numbers: list[int], ranked: Ranked) -> dict[int, float]:
        return scores_of(numbers, ranked, self.reader.view, self.reader.columns)

    def _best(self, among: int, needed: int, ranked: Ranked) -> list[tuple[int, float]]:
        """(number, score) of the first documents in the order asked for."""
        columns, view = self.reader.columns, self.reader.view
        if self.query.sort == "relevance" and not self.plan.everything:
            chosen = Candidates(ranked, view, columns, among).best(max(needed, ADJUSTED_HITS))
            scores = self._scored(members(chosen), ranked)
            ordered = sorted(scores, key=lambda n: (-scores[n], -columns.updated[n], columns.keys[n]))
            for number in ordered[:ADJUSTED_HITS]:
                scores[number] *= multiplier(columns.uses[number], columns.standing[number])
            ordered[:ADJUSTED_HITS] = sorted(
                ordered[:ADJUSTED_HITS], key=lambda n: (-scores[n], -columns.updated[n], columns.keys[n])
            )
            return [(number, scores[number]) for number in ordered]
        used = self.query.sort == "used"
        numbers = columns.order("uses" if used else "updated", view.size).highest(among, needed)
        numbers.sort(key=lambda n: (-columns.uses[n] if used else 0, -columns.updated[n], columns.keys[n]))
        scores = self._scored(numbers[:needed], ranked)
        return [(number, scores[number]) for number in numbers[:needed]]
