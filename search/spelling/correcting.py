"""Corrects a whole query: the words that are wrong, and nothing else of what was typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from search.analysis import TOKEN, written_form
from search.query import FILTER_NAMES, LONGEST_TEXT, parts_of
from search.spelling.dictionary import Dictionary
from search.stopwords import STOP_WORDS

# How many documents the reader may find hold each of some words: `Engine.frequencies` for one reader.
Frequencies = Callable[[Collection[str]], Mapping[str, int]]

# Shorter words are near to too many others, and more often acronyms than slips.
SHORTEST_CORRECTED = 4
# "Did you mean" asks about words that so few documents hold, when a near word is so many times as frequent.
RARE, MUCH_MORE = 3, 10

_FIGURE = re.compile(r"\d")
_FREQUENT = frozenset().union(*STOP_WORDS.values())


@dataclass(frozen=True, slots=True)
class Correction:
    """`text` is what was typed with some words put right, `words` are those as (typed, corrected)."""

    text: str
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    typed: str


def correct(text: str, dictionary: Dictionary, frequencies: Frequencies) -> Correction | None:
    """Puts right the words that no document of the reader holds; None where there is nothing to.

    Signs, quotes, filters and all other words stay as they were typed. A word that would
    find nothing either is not put in place of one.
    """
    return _corrected(text, dictionary, frequencies, most=0, times=1)


def did_you_mean(text: str, dictionary: Dictionary, frequencies: Frequencies) -> Correction | None:
    """Another way to write rare words, when a near one finds much more; None where none does."""
    return _corrected(text, dictionary, frequencies, most=RARE, times=MUCH_MORE)


def _corrected(
    text: str, dictionary: Dictionary, frequencies: Frequencies, *, most: int, times: int
) -> Correction | None:
    places = list(_places(text))
    if not places or not len(dictionary):
        return None
    held = frequencies(sorted({place.typed for place in places}))
    doubtful = [place for place in places if held.get(place.typed, 0) <= most]
    near = {place.typed: dictionary.suggest(place.typed) for place in doubtful}
    if not any(near.values()):
        return None
    known = frequencies(sorted({word for words in near.values() for word in words}))
    better = {
        typed: found
        for typed, words in near.items()
        if (found := next((w for w in words if known.get(w, 0) >= max(1, held.get(typed, 0) * times)), ""))
    }
    return _replaced(text, [place for place in doubtful if place.typed in better], better)


def _places(text: str) -> Iterator[_Place]:
    """The words that may be wrong: not those of filters, after a minus, begun, or with figures in them."""
    for part in parts_of(text[:LONGEST_TEXT]):
        sign, name = part["sign"], (part["name"] or "").lower()
        if name in FILTER_NAMES or (sign and sign != "+") or part.group().endswith("*"):
            continue
        for match in TOKEN.finditer(text, part.start(), part.end()):
            word = written_form(match.group())
            if len(word) >= SHORTEST_CORRECTED and word not in _FREQUENT and not _FIGURE.search(word):
                yield _Place(match.start(), match.end(), match.group())


def _replaced(text: str, places: list[_Place], better: Mapping[str, str]) -> Correction | None:
    if not places:
        return None
    pieces, last = [], 0
    for place in places:
        pieces += [text[last : place.start], _like(place.typed, better[place.typed])]
        last = place.end
    words = tuple(dict.fromkeys((place.typed, _like(place.typed, better[place.typed])) for place in places))
    return Correction("".join(pieces) + text[last:], words)


def _like(typed: str, word: str) -> str:
    """The word in capitals where what was typed is."""
    if typed.isupper():
        return word.upper()
    return word.capitalize() if typed[:1].isupper() else word
