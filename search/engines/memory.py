"""An engine that looks at every document for every query.

It holds nothing but documents and is written to be plainly right: the tests compare
the other engines with it, and small tools use it where no index should be left behind.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from search.completion import begun_words, completes
from search.content import Content, Places, content_of
from search.contract import Batch, Document, EngineBusy, EngineError, Health, Hit, Query, Results
from search.plan import MOST_EXPANSIONS, Phrase, Plan, Word, plan
from search.query import parse
from search.ranking import (
    ADJUSTED_HITS,
    Statistics,
    body_density,
    multiplier,
    rarity,
    saturated,
    title_bonus,
    title_density,
)


@dataclass(frozen=True, slots=True)
class _Entry:
    document: Document
    content: Content

    def count(self, word: Word, places: Places) -> int:
        return sum(len(places.positions.get(term, ())) for term in word.terms)

    def holds(self, part: Word | Phrase, *, titles_only: bool = False) -> bool:
        fields = (self.content.title,) if titles_only else (self.content.title, self.content.body)
        if isinstance(part, Word):
            return any(self.count(part, places) for places in fields)
        return any(_says(option, places) for places in fields for option in part.options)


def _says(option: tuple[tuple[str, int], ...], places: Places) -> bool:
    sets = [({*places.positions.get(term, ())}, offset) for term, offset in option]
    return any(all(start + offset in found for found, offset in sets) for start in sets[0][0])


class MemoryEngine:
    """The reference engine. Not for more than some thousand documents."""

    def __init__(self) -> None:
        self._entries: dict[str, _Entry] = {}
        self._generation = 0
        self._lock = threading.Lock()
        self._rebuilding = threading.Lock()
        self._open = True

    def put(self, documents: Sequence[Document]) -> None:
        entries = {document.key: _Entry(document, content_of(document)) for document in documents}
        with self._lock:
            self._check_open()
            self._entries = {**self._entries, **entries}
            self._generation += 1

    def remove(self, keys: Iterable[str]) -> None:
        gone = set(keys)
        with self._lock:
            self._check_open()
            self._entries = {key: entry for key, entry in self._entries.items() if key not in gone}
            self._generation += 1

    def search(self, query: Query) -> Results:
        self._check_open()
        started = time.perf_counter()
        return _Search(tuple(self._entries.values()), query).results(started)

    def complete(self, prefix: str, audiences: frozenset[str], limit: int = 8) -> list[tuple[str, str]]:
        self._check_open()
        words = begun_words(prefix)
        found = [
            entry.document
            for entry in self._entries.values()
            if entry.document.audience in audiences and completes(entry.document.title, words)
        ]
        found.sort(key=lambda document: (-document.uses, len(document.title), document.title, document.key))
        return [(document.title, document.key) for document in found[: max(0, limit)]]

    def versions(self) -> Mapping[str, int]:
        self._check_open()
        return {key: entry.document.version for key, entry in self._entries.items()}

    def health(self) -> Health:
        return Health(len(self._entries), self._generation, ok=self._open, detail="" if self._open else "closed")

    def needs_rebuild(self) -> bool:
        return False

    @contextmanager
    def rebuild(self) -> Iterator[Batch]:
        self._check_open()
        if not self._rebuilding.acquire(blocking=False):
            raise EngineBusy("another rebuild is running")
        try:
            new = MemoryEngine()
            yield new
            with self._lock:
                self._entries = new._entries
                self._generation += 1
        finally:
            self._rebuilding.release()

    def close(self) -> None:
        self._open = False

    def _check_open(self) -> None:
        if not self._open:
            raise EngineError("the engine is closed")


class _Search:
    """One query over all entries."""

    def __init__(self, entries: tuple[_Entry, ...], query: Query) -> None:
        self.entries = entries
        self.query = query
        languages = {entry.document.language for entry in entries}
        self.plan = self._expanded(plan(parse(query.text), languages))

    def _expanded(self, first: Plan) -> Plan:
        """The plan with its open-ended word replaced by the terms that begin so."""

        def words(parts: Iterable[Word | Phrase]) -> tuple[Word | Phrase, ...]:
            return tuple(self._closed(p) if isinstance(p, Word) and p.prefixes else p for p in parts)

        ranked = tuple((self._closed(word) if word.prefixes else word, count) for word, count in first.words)
        return Plan(
            ranked, words(first.required), words(first.excluded), first.ignored, first.titles_only,
            first.everything,
        )  # fmt: skip

    def _closed(self, word: Word) -> Word:
        held: Counter[str] = Counter()
        for entry in self.entries:
            held.update({*entry.content.title.positions, *entry.content.body.positions})
        begun = [term for term in held if term.startswith(word.prefixes)]
        begun.sort(key=lambda term: (-held[term], term))
        shorter = [
            max((term for term in held if len(term) > 3 and prefix != term and prefix.startswith(term)), key=len)
            for prefix in word.prefixes
            if any(len(term) > 3 and prefix != term and prefix.startswith(term) for term in held)
        ]
        return Word(word.terms | {*begun[:MOST_EXPANSIONS], *shorter})

    def results(self, started: float) -> Results:
        query = self.query
        visible = [entry for entry in self.entries if entry.document.audience in query.audiences]
        said = [entry for entry in visible if self._matches(entry)]
        filtered = [entry for entry in said if self._passes(entry)]
        hits = self._ordered([entry for entry in filtered if self._in_tab(entry)])
        start = (max(1, query.page) - 1) * max(1, query.per_page)
        words = [word for word, _ in self.plan.words]
        titles = self.plan.titles_only
        return Results(
            hits=hits[start : start + max(1, query.per_page)],
            total=len(hits),
            subjects=dict(Counter(entry.document.subject for entry in filtered)),
            facets={name: self._counts(name, said) for name in query.facets},
            complete=not words or any(all(e.holds(w, titles_only=titles) for w in words) for e in said),
            ignored=self.plan.ignored,
            seconds=time.perf_counter() - started,
        )

    def _matches(self, entry: _Entry) -> bool:
        wanted = self.plan
        if wanted.everything:
            return True
        some = any(entry.holds(word, titles_only=wanted.titles_only) for word, _ in wanted.words)
        return (
            (some or bool(wanted.required))
            and all(entry.holds(part, titles_only=wanted.titles_only) for part in wanted.required)
            and not any(entry.holds(part) for part in wanted.excluded)
        )

    def _passes(self, entry: _Entry, *, but: str = "") -> bool:
        return all(
            set(values) & set(entry.document.facets.get(name, ()))
            for name, values in self.query.filters.items()
            if values and name != but
        )

    def _in_tab(self, entry: _Entry) -> bool:
        return self.query.subject is None or entry.document.subject == self.query.subject

    def _counts(self, name: str, said: list[_Entry]) -> list[tuple[str, int]]:
        counts = Counter(
            value
            for entry in said
            if self._in_tab(entry) and self._passes(entry, but=name)
            for value in set(entry.document.facets.get(name, ()))
        )
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))

    def _ordered(self, entries: list[_Entry]) -> list[Hit]:
        scores = {entry.document.key: score for entry, score in zip(entries, self._scores(entries), strict=True)}
        by_time = sorted(entries, key=lambda e: (-e.document.updated.timestamp(), e.document.key))
        if self.query.sort == "used":
            by_time.sort(key=lambda entry: -entry.document.uses)
        elif self.query.sort == "relevance" and not self.plan.everything:
            by_time.sort(key=lambda entry: -scores[entry.document.key])
            first = by_time[:ADJUSTED_HITS]
            for entry in first:
                scores[entry.document.key] *= multiplier(entry.document.uses, entry.document.standing)
            first.sort(key=lambda entry: -scores[entry.document.key])
            by_time[:ADJUSTED_HITS] = first
        return [Hit(e.document.key, e.document.subject, scores[e.document.key]) for e in by_time]

    def _scores(self, entries: list[_Entry]) -> Iterator[float]:
        count = len(self.entries)
        statistics = Statistics(
            count,
            sum(e.content.title.length for e in self.entries) / max(1, count),
            sum(e.content.body.length for e in self.entries) / max(1, count),
        )
        weights = {
            word: times * rarity(count, sum(entry.holds(word) for entry in self.entries))
            for word, times in self.plan.words
        }
        return (self._score(entry, weights, statistics) for entry in entries)

    def _score(self, entry: _Entry, weights: dict[Word, float], statistics: Statistics) -> float:
        title, body = entry.content.title, entry.content.body
        score = held = 0.0
        held_words = 0
        for word, weight in weights.items():
            in_title, in_body = entry.count(word, title), entry.count(word, body)
            if self.plan.titles_only:
                in_body = 0
            density = in_title * title_density(title.length, statistics)
            score += weight * saturated(density + in_body * body_density(body.length, statistics))
            if in_title:
                held += weight
                held_words += 1
        return score + title_bonus(len(weights), sum(weights.values()), held, held_words, title.length)
