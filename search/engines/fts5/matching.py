"""Which documents fit a plan, before anything is ranked or counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial, reduce
from itertools import islice
from operator import and_

from search.clock import Clock
from search.engines.fts5.bits import union
from search.engines.fts5.failures import reading
from search.engines.fts5.index import Reader
from search.engines.fts5.postings import Counts, anywhere
from search.engines.fts5.schema import BODY, TITLE, read_term, written
from search.plan import MOST_EXPANSIONS, Phrase, Plan, Word, stems_within

# Short beginnings stand for very many words; looking at more of them would cost too much.
_MOST_LOOKED_AT = 2_000


def closed(word: Word, reader: Reader) -> Word:
    """An open-ended word with the terms of the index that begin so, the most frequent ones."""
    held: Counter[str] = Counter()
    with reading("completing a word"):
        for prefix in word.prefixes:
            token = written(prefix)
            found = reader.connection.execute(
                "SELECT term, doc FROM vocabulary WHERE term >= ? AND term < ? LIMIT ?",
                (token, token + "\U0010ffff", _MOST_LOOKED_AT),
            )
            held.update({read_term(token): documents for token, documents in found})
        begun = sorted(held, key=lambda term: (-held[term], term))[:MOST_EXPANSIONS]
        past = (stems for prefix in word.prefixes for stems in stems_within(prefix))
        stems = [stem for stems in past for stem in islice(filter(partial(_holds, reader), stems), 1)]
    return word.closed([*begun, *stems])


def _holds(reader: Reader, term: str) -> bool:
    asked = f'"{written(term)}"'
    return bool(reader.connection.execute("SELECT 1 FROM said WHERE said MATCH ? LIMIT 1", (asked,)).fetchone())


@dataclass(frozen=True, slots=True)
class Matches:
    """A word of the plan and who holds it: anywhere that was asked, and in the title."""

    counts: Counts
    bits: int
    typed_title: int
    other_title: int


class Matcher:
    """Finds the documents of one view that fit a plan's text; `visible` are those the reader may find."""

    def __init__(self, reader: Reader, plan: Plan, visible: int, clock: Clock) -> None:
        self._reader = reader
        self._plan = plan
        self._visible = visible
        self._clock = clock

    def words(self, *, titles_only: bool) -> list[Matches]:
        """The words of the plan in order; fewer where time ran out."""
        found = []
        for word, _ in self._plan.words:
            if self._clock.check():
                break
            found.append(self._matches(word, titles_only=titles_only))
        return found

    def _matches(self, word: Word, *, titles_only: bool) -> Matches:
        reader = self._reader
        counts = reader.postings.counts(reader.connection, reader.view, word)
        typed = union(counts.title) & reader.view.living
        other = union(counts.other_title) & reader.view.living
        if titles_only:
            counts = Counts(counts.title, (), counts.other_title, ())
        bits = anywhere(counts, titles_only=titles_only) & reader.view.living
        return Matches(counts, bits, typed, other ^ (other & typed))

    def fitting(self, words: list[Matches], *, titles_only: bool, excluded_titles_only: bool) -> int:
        """The visible documents that fit."""
        plan = self._plan
        if plan.everything:
            return self._visible
        if plan.required:
            fitting = reduce(and_, (self._bits(part, titles_only=titles_only) for part in plan.required), self._visible)
        else:
            fitting = union(found.bits for found in words) & self._visible
        for part in plan.excluded:
            fitting ^= fitting & self._bits(part, titles_only=excluded_titles_only)
        return fitting

    def _bits(self, part: Word | Phrase, *, titles_only: bool) -> int:
        if isinstance(part, Word):
            return self._matches(part, titles_only=titles_only).bits
        if self._clock.check():
            return 0
        return self.saying(part, (TITLE,) if titles_only else (TITLE, BODY))

    def saying(self, phrase: Phrase, fields: tuple[str, ...]) -> int:
        """The living documents that say the phrase in one of the fields."""
        reader = self._reader
        return reader.view.living & union(
            reader.postings.saying(reader.connection, reader.view, option, field)
            for option in phrase.options
            for field in fields
        )
