"""The exact score of chosen documents, by the formula of all engines."""

from __future__ import annotations

from collections.abc import Sequence

from search.engines.fts5.bits import Slices, members
from search.engines.fts5.candidates import Ranked
from search.engines.fts5.columns import Columns, View
from search.ranking import LESSER, body_density, saturated, title_bonus, title_density, title_phrase_bonus


def scores_of(chosen: int, numbers: Sequence[int], ranked: Ranked, view: View, columns: Columns) -> dict[int, float]:
    """The scores of the chosen documents, which are given as a set and as numbers."""
    scores = dict.fromkeys(numbers, 0.0)
    held: dict[int, float] = {}
    held_words: dict[int, float] = {}
    for matches, weight in zip(ranked.words, ranked.weights, strict=True):
        titles = _amounts(matches.counts.title, matches.counts.other_title, chosen)
        bodies = _amounts(matches.counts.body, matches.counts.other_body, chosen)
        for number in titles.keys() | bodies.keys():
            density = bodies.get(number, 0.0) * body_density(columns.body_lengths[number], view.statistics)
            if number in titles:
                density += titles[number] * title_density(columns.title_lengths[number], view.statistics)
            scores[number] += weight * saturated(density)
        for bits, share in ((matches.typed_title, 1.0), (matches.other_title, LESSER)):
            for number in members(bits & chosen):
                held[number] = held.get(number, 0.0) + share * weight
                held_words[number] = held_words.get(number, 0.0) + share
    count, asked = len(ranked.words), ranked.asked
    for number, share in held.items():
        scores[number] += title_bonus(count, asked, share, held_words[number], columns.title_lengths[number])
    for number in members(ranked.titled & chosen):
        scores[number] += title_phrase_bonus(count, asked)
    return scores


def _amounts(typed: Slices, other: Slices, among: int) -> dict[int, float]:
    """How often each of the documents says the word in a field."""
    amounts: dict[int, float] = {}
    for slices, worth in ((typed, 1.0), (other, LESSER)):
        for place, bits in enumerate(slices):
            part = worth * (1 << place)
            for number in members(bits & among):
                amounts[number] = amounts.get(number, 0.0) + part
    return amounts
