"""The exact score of chosen documents, by the formula of all engines."""

from __future__ import annotations

from collections.abc import Sequence

from search.engines.fts5.bits import Slices
from search.engines.fts5.candidates import Ranked
from search.engines.fts5.columns import Columns, View
from search.engines.fts5.matching import Matches
from search.ranking import LESSER, body_density, saturated, title_bonus, title_density, title_phrase_bonus


def scores_of(numbers: Sequence[int], ranked: Ranked, view: View, columns: Columns) -> dict[int, float]:
    """The scores of these documents."""
    return dict(zip(numbers, _Chosen(numbers, view, columns).scores(ranked), strict=True)) if numbers else {}


class _Chosen:
    """Lists with one place for each of the documents."""

    def __init__(self, numbers: Sequence[int], view: View, columns: Columns) -> None:
        self._size = view.size // 8 + 1
        # Where each document is found in a set that is written out as bytes.
        self._flags = [(number >> 3, 1 << (number & 7)) for number in numbers]
        self._title_lengths = [columns.title_lengths[number] for number in numbers]
        self._titles = [title_density(length, view.statistics) for length in self._title_lengths]
        self._bodies = [body_density(columns.body_lengths[number], view.statistics) for number in numbers]

    def scores(self, ranked: Ranked) -> list[float]:
        """The scores in order."""
        scores = [0.0] * len(self._flags)
        held, held_words = scores, scores
        for matches, weight in zip(ranked.words, ranked.weights, strict=True):
            densities = self._densities(matches)
            scores = [score + weight * saturated(d) if d else score for score, d in zip(scores, densities, strict=True)]
            for bits, share in ((matches.typed_title, 1.0), (matches.other_title, LESSER)):
                held = self._plus(held, bits, share * weight)
                held_words = self._plus(held_words, bits, share)
        count, asked = len(ranked.words), ranked.asked
        scores = [
            score + title_bonus(count, asked, share, words, length) if share else score
            for score, share, words, length in zip(scores, held, held_words, self._title_lengths, strict=True)
        ]
        return self._plus(scores, ranked.titled, title_phrase_bonus(count, asked))

    def _densities(self, matches: Matches) -> list[float]:
        """How densely each document uses a word."""
        counts = matches.counts
        titles = self._amounts(counts.title, counts.other_title)
        bodies = self._amounts(counts.body, counts.other_body)
        weighed = zip(titles, self._titles, bodies, self._bodies, strict=True)
        return [title * one + body * other for title, one, body, other in weighed]

    def _amounts(self, typed: Slices, other: Slices) -> list[float]:
        """How often each document says a word in a field."""
        amounts = [0.0] * len(self._flags)
        for slices, worth in ((typed, 1.0), (other, LESSER)):
            for place, bits in enumerate(slices):
                amounts = self._plus(amounts, bits, worth * (1 << place))
        return amounts

    def _plus(self, amounts: list[float], bits: int, more: float) -> list[float]:
        """The amounts, with more for the documents of a set."""
        if not bits:
            return amounts
        # What is remembered may hold documents beyond this view.
        flags = bits.to_bytes(max(self._size, (bits.bit_length() + 7) // 8), "little")
        return [
            amount + more if flags[byte] & bit else amount
            for amount, (byte, bit) in zip(amounts, self._flags, strict=True)
        ]
