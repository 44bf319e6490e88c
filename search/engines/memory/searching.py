"""One query, asked of every document in turn."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from search.contract import Hit, Query, Results
from search.engines.memory.entry import Entry, amount
from search.plan import MOST_EXPANSIONS, Word, plan, stems_within
from search.query import FILTER_NAMES, parse
from search.ranking import (
    ADJUSTED_HITS,
    Statistics,
    body_density,
    multiplier,
    rarity,
    saturated,
    title_bonus,
    title_density,
    title_phrase_bonus,
)


class Search:
    """One query over all entries."""

    def __init__(self, entries: tuple[Entry, ...], query: Query) -> None:
        self.entries = entries
        self.query = query
        languages = {entry.document.language for entry in entries}
        self.plan = plan(parse(query.text, FILTER_NAMES), languages, query.alternatives).closed(self._closed)
        self.titles_only = query.titles_only or self.plan.titles_only
        self.visible = [
            entry
            for entry in entries
            if entry.document.audience in query.audiences and entry.document.key not in query.without
        ]

    def _closed(self, word: Word) -> Word:
        held: Counter[str] = Counter()
        for entry in self.entries:
            held.update({*entry.content.title.positions, *entry.content.body.positions})
        begun = [term for term in held if term.startswith(word.prefixes)]
        begun.sort(key=lambda term: (-held[term], term))
        past = (stems for prefix in word.prefixes for stems in stems_within(prefix))
        within = (stem for stems in past for stem in islice(filter(held.__contains__, stems), 1))
        return word.closed([*begun[:MOST_EXPANSIONS], *within])

    def results(self, started: float) -> Results:
        """The page asked for with the counts around it."""
        query = self.query
        said = [entry for entry in self.visible if self._matches(entry) or entry.document.key in query.first]
        filtered = [entry for entry in said if self._passes(entry) and self._in_time(entry)]
        hits = self._ordered([entry for entry in filtered if self._in_tab(entry)])
        start = (max(1, query.page) - 1) * max(1, query.per_page)
        return Results(
            hits=hits[start : start + max(1, query.per_page)],
            total=len(hits),
            subjects=dict(Counter(entry.document.subject for entry in filtered)),
            facets={name: self._counts(name, said) for name in query.facets},
            complete=self._complete(),
            ignored=self.plan.ignored,
            seconds=time.perf_counter() - started,
            periods={name: self._changed_since(since.timestamp(), said) for name, since in query.periods.items()},
        )

    def _matches(self, entry: Entry, *, titles_only: bool | None = None) -> bool:
        wanted = self.plan
        titles_only = self.titles_only if titles_only is None else titles_only
        if wanted.everything:
            return True
        some = any(entry.holds(word, titles_only=titles_only) for word, _ in wanted.words)
        return (
            (some or bool(wanted.required))
            and all(entry.holds(part, titles_only=titles_only) for part in wanted.required)
            and not any(entry.holds(part, titles_only=self.query.titles_only) for part in wanted.excluded)
        )

    def _complete(self) -> bool:
        """Whether a document holds all the words. That only titles are asked is a filter like others."""
        titles_only = self.plan.titles_only
        words = [word for word, _ in self.plan.words]
        return not words or any(
            self._matches(entry, titles_only=titles_only)
            and all(entry.holds(word, titles_only=titles_only) for word in words)
            for entry in self.visible
        )

    def _passes(self, entry: Entry, *, but: str = "") -> bool:
        return all(
            set(values) & set(entry.document.facets.get(name, ()))
            for name, values in self.query.filters.items()
            if values and name != but
        )

    def _in_time(self, entry: Entry) -> bool:
        changed, since, until = entry.document.updated.timestamp(), self.query.since, self.query.until
        return (since is None or changed >= since.timestamp()) and (until is None or changed < until.timestamp())

    def _in_tab(self, entry: Entry) -> bool:
        return self.query.subject is None or entry.document.subject == self.query.subject

    def _counts(self, name: str, said: list[Entry]) -> list[tuple[str, int]]:
        counts = Counter(
            value
            for entry in said
            if self._in_tab(entry) and self._passes(entry, but=name) and self._in_time(entry)
            for value in set(entry.document.facets.get(name, ()))
        )
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))

    def _changed_since(self, since: float, said: list[Entry]) -> int:
        return sum(
            self._in_tab(entry) and self._passes(entry) and entry.document.updated.timestamp() >= since
            for entry in said
        )

    def _ordered(self, entries: list[Entry]) -> list[Hit]:
        scores = {entry.document.key: score for entry, score in zip(entries, self._scores(entries), strict=True)}
        by_key = {entry.document.key: entry for entry in entries}
        pinned = [by_key.pop(key) for key in dict.fromkeys(self.query.first) if key in by_key]
        rest = sorted(by_key.values(), key=lambda e: (-e.document.updated.timestamp(), e.document.key))
        if self.query.sort == "used":
            rest.sort(key=lambda entry: -entry.document.uses)
        elif self.query.sort == "relevance" and not self.plan.everything:
            rest.sort(key=lambda entry: -scores[entry.document.key])
            best = rest[:ADJUSTED_HITS]
            for entry in best:
                scores[entry.document.key] *= multiplier(entry.document.uses, entry.document.standing)
            best.sort(key=lambda entry: -scores[entry.document.key])
            rest[:ADJUSTED_HITS] = best
        return [
            Hit(e.document.key, e.document.subject, scores[e.document.key], pinned=place < len(pinned))
            for place, e in enumerate([*pinned, *rest])
        ]

    def _scores(self, entries: list[Entry]) -> Iterator[float]:
        count = len(self.entries)
        statistics = Statistics(
            count,
            sum(e.content.title.length for e in self.entries) / max(1, count),
            sum(e.content.body.length for e in self.entries) / max(1, count),
        )
        weights = {
            word: times * rarity(count, sum(entry.holds(word, titles_only=self.titles_only) for entry in self.entries))
            for word, times in self.plan.words
        }
        return (self._score(entry, weights, statistics) for entry in entries)

    def _score(self, entry: Entry, weights: dict[Word, float], statistics: Statistics) -> float:
        title, body = entry.content.title, entry.content.body
        score = held = held_words = 0.0
        for word, weight in weights.items():
            density = amount(word, title) * title_density(title.length, statistics)
            if not self.titles_only:
                density += amount(word, body) * body_density(body.length, statistics)
            score += weight * saturated(density)
            share = entry.share_of_title(word)
            held += share * weight
            held_words += share
        asked = sum(weights.values())
        score += title_bonus(len(weights), asked, held, held_words, title.length)
        if self.plan.title is not None and entry.holds(self.plan.title, titles_only=True):
            score += title_phrase_bonus(len(weights), asked)
        return score
