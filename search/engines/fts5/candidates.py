"""Picks the documents that can be among the best, without scoring all that were found.

Each document found gets a rough score in whole numbers, all of them at once: documents
that hold a word equally often and are of about equal length form a group, and a group is
scored like one document. The highest are then scored exactly, see `scoring`.
"""

from __future__ import annotations

from dataclasses import dataclass

from search.engines.fts5.bits import added, highest, levels, put
from search.engines.fts5.columns import Columns, View
from search.engines.fts5.matching import Matches
from search.ranking import (
    LESSER,
    SATURATION,
    TITLE_BONUS,
    body_density,
    saturated,
    title_bonus,
    title_density,
    title_phrase_bonus,
)

# Rough scores run up to about two to the power of this.
_PLACES = 11
# So few documents are scored exactly at once.
_FEW = 500
# A group so small is rather scored exactly than divided further.
_SMALL = 16
_MOST_CERTAIN = 500
_MOST_GROUPS = 200
# More documents than wanted are picked, for what the rough score gets wrong.
_SPARE = 250
_MOST_TIED = 2_000


@dataclass(frozen=True, slots=True)
class Ranked:
    """The words of a plan with their weights, and the documents whose title says all that was typed."""

    words: list[Matches]
    weights: list[float]
    titled: int

    @property
    def asked(self) -> float:
        return sum(self.weights)


class Candidates:
    """The rough scores of the documents found."""

    def __init__(self, ranked: Ranked, view: View, columns: Columns, found: int) -> None:
        self._ranked = ranked
        self._view = view
        self._columns = columns
        self._found = found
        most = (SATURATION + 1 + TITLE_BONUS / (len(ranked.words) + 1)) * ranked.asked
        self._unit = most / (1 << _PLACES) or 1.0
        # Documents that are scored exactly whatever their rough score.
        self._certain = 0

    def best(self, wanted: int) -> int:
        """At least so many of the documents found, the best ones among them."""
        if self._found.bit_count() <= max(_FEW, wanted):
            return self._found
        total: list[int] = []
        for matches, weight in zip(self._ranked.words, self._ranked.weights, strict=True):
            bits = matches.bits & self._found
            if bits.bit_count() <= _SMALL:
                self._certain |= bits
            else:
                total = added(total, self._worths(matches, weight, bits))
        total = added(total, self._bonuses())
        above, level = highest(total, self._found, wanted + _SPARE)
        if level.bit_count() > _MOST_TIED:
            # Equals are ordered by time.
            order = self._columns.order("updated", self._view.size)
            missing = max(0, wanted + _SPARE - above.bit_count())
            for number in order.highest(level, missing)[: missing + _MOST_TIED]:
                above |= 1 << number
            level = 0
        return self._certain | above | level

    def _worths(self, matches: Matches, weight: float, bits: int) -> list[int]:
        """What one word adds to each document that holds it."""
        slices = [0] * (_PLACES + 2)
        factor = weight / self._unit
        in_title = bits & (matches.typed_title | matches.other_title)
        for amount, group in _amounts(matches, bits ^ in_title):
            for length, alike in self._columns.body_classes.items():
                density = body_density(length, self._view.statistics)
                put(slices, group & alike, round(factor * saturated(amount * density)))
        for amount, group in _amounts(matches, in_title):
            for length, alike in self._columns.title_classes.items():
                density = title_density(length, self._view.statistics)
                put(slices, group & alike, round(factor * saturated(amount + density)))
        return slices

    def _bonuses(self) -> list[int]:
        """What titles add, by how much of the question they hold and by their length."""
        slices = [0] * (_PLACES + 2)
        count, asked = len(self._ranked.words), self._ranked.asked
        for bits, held, words in self._groups():
            if bits.bit_count() <= _SMALL and self._certain.bit_count() < _MOST_CERTAIN:
                self._certain |= bits
                continue
            for length, alike in self._columns.title_classes.items():
                bonus = title_bonus(count, asked, held, words, length)
                put(slices, bits & alike, round(bonus / self._unit))
        titled = self._ranked.titled & self._found
        if not titled:
            return slices
        if titled.bit_count() <= _FEW:
            self._certain |= titled
            return slices
        said = [0] * (_PLACES + 2)
        put(said, titled, min(1 << _PLACES, round(title_phrase_bonus(count, asked) / self._unit)))
        return added(slices, said)

    def _groups(self) -> list[tuple[int, float, float]]:
        """Documents found whose titles hold the same words: (documents, weight and number of the words).

        Once there are very many groups they are divided no further, and what else they hold is left out.
        """
        groups: list[tuple[int, float, float]] = []
        for matches, weight in zip(self._ranked.words, self._ranked.weights, strict=True):
            typed, other = matches.typed_title & self._found, matches.other_title & self._found
            rest_typed, rest_other = typed, other
            divided = []
            full = len(groups) > _MOST_GROUPS
            for bits, held, words in groups:
                rest_typed ^= rest_typed & bits
                rest_other ^= rest_other & bits
                if full:
                    divided.append((bits, held, words))
                    continue
                for part, share in ((bits & typed, 1.0), (bits & other, LESSER)):
                    if part:
                        divided.append((part, held + share * weight, words + share))
                rest = bits ^ (bits & (typed | other))
                if rest:
                    divided.append((rest, held, words))
            for part, share in ((rest_typed, 1.0), (rest_other, LESSER)):
                if part:
                    divided.append((part, share * weight, share))
            groups = divided
        return groups


def _amounts(matches: Matches, among: int) -> list[tuple[float, int]]:
    """(how often in the body, documents); other ways to say the word count less."""
    found: list[tuple[float, int]] = []
    for typed, bits in levels(matches.counts.body, among):
        if matches.counts.other_body:
            found += ((typed + LESSER * other, part) for other, part in levels(matches.counts.other_body, bits))
        else:
            found.append((typed, bits))
    return found
