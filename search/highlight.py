"""Shows why a document was found: the best passage, with the words asked for marked.

The result is text in pieces, never HTML, so the caller escapes it as it escapes
everything. Long texts are not analysed whole: likely places are found by the first
letters of each word, and only there is the analysis asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from typing import NamedTuple

from search.analysis import TOKEN, term_of, without_language
from search.contract import NOTHING
from search.folding import fold
from search.letters import normalised
from search.passages import best_passages, cut
from search.plan import Option, Word, plan
from search.query import Tree
from search.stemming import OTHER_BEGINNINGS

Segments = list[tuple[str, bool]]

# Beyond this a text is not read for a snippet, nor more places of one word.
LONGEST_TEXT = 300_000
_MOST_PLACES = 50
# So many different words are marked; any more are looked for only.
MOST_MARKED = 32

_HYPHENS = frozenset("-\u2010\u2011")
# One letter for one, so that places in the folded text are places in the text.
_ONE_LETTER = {"\u2010": "-", "\u2011": "-", "\u2019": "'", "\u02bc": "'"} | {
    chr(code): folded for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)) if len(folded := fold(chr(code))) == 1
}
# Letters looked for before the analysis is asked. More would miss words written otherwise.
_SHORTEST_BEGINNING, _LONGEST_BEGINNING = 3, 5


class Mark(NamedTuple):
    """A place to mark, and which of the words asked for stands there."""

    start: int
    end: int
    word: int


class _Same:
    """Alternatives as the key of a cache: equal to themselves alone, and kept alive as long as the key is."""

    __slots__ = ("alternatives",)

    def __init__(self, alternatives: Mapping[str, tuple[str, ...]]) -> None:
        self.alternatives = alternatives

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.alternatives is self.alternatives

    def __hash__(self) -> int:
        return id(self.alternatives)


def snippet(
    text: str,
    tree: Tree,
    language: str,
    length: int = 240,
    alternatives: Mapping[str, tuple[str, ...]] = NOTHING,
) -> Segments:
    """About `length` characters of the text as (piece, marked) pairs, white space made even.

    `alternatives` are marked as what was typed is; the mapping must not change afterwards. Where
    no word is found it is the beginning of the text.
    """
    return passage(text, tree, language, length, alternatives)[0]


def passage(
    text: str,
    tree: Tree,
    language: str,
    length: int = 240,
    alternatives: Mapping[str, tuple[str, ...]] = NOTHING,
) -> tuple[Segments, int]:
    """The snippet, and the place in the text of the first mark in it; -1 where no word is found.

    Places are those of the text in its composed form (NFC).
    """
    text = text[:LONGEST_TEXT]
    if not text.isascii():
        text = normalised(text)
    marks = _marks(text, tree, language, alternatives)
    passages = best_passages(text, marks, length)
    first = next((mark.start for mark in marks if mark.start >= passages[0][0]), -1)
    return cut(text, passages, marks), first


def held(text: str, tree: Tree, language: str, alternatives: Mapping[str, tuple[str, ...]] = NOTHING) -> frozenset[int]:
    """Which of the words looked for stand in the text, by their number."""
    return frozenset(mark.word for mark in _marks(text[:LONGEST_TEXT], tree, language, alternatives))


def mark(text: str, tree: Tree, language: str, alternatives: Mapping[str, tuple[str, ...]] = NOTHING) -> Segments:
    """The whole text, a title for instance, as (piece, marked) pairs."""
    if not text.isascii():
        text = normalised(text)
    return cut(text, [(0, len(text))], _marks(text, tree, language, alternatives))


def _marks(text: str, tree: Tree, language: str, alternatives: Mapping[str, tuple[str, ...]]) -> list[Mark]:
    """Every place of every word, in order, without overlaps."""
    words, narrow = _looked_for(tree, language, _Same(alternatives))
    folded = _folded(text, narrow=narrow)
    found: list[Mark] = []
    for number, word in enumerate(words):
        found += (Mark(start, end, number) for start, end in _places(text, folded, word, language))
    found.sort(key=lambda place: (place.start, -place.end))
    kept: list[Mark] = []
    end = 0
    for place in found:
        if place.start >= end:
            kept.append(place)
            end = place.end
    return kept


@lru_cache(maxsize=32)
def _looked_for(tree: Tree, language: str, others: _Same) -> tuple[tuple[Word, ...], bool]:
    """The words to mark, worked out once for all hits of a page; True where all their terms are ASCII."""
    words = tuple(word for word, _ in plan(tree, [language], others.alternatives).words[:MOST_MARKED])
    return words, all(term.isascii() for word in words for term in _all_terms(word))


def _folded(text: str, *, narrow: bool) -> str:
    """The text in lower case without accents, letter for letter; `narrow` gives up other alphabets."""
    if not text.isascii():
        for letter in set(text) & _ONE_LETTER.keys():
            text = text.replace(letter, _ONE_LETTER[letter])
        if narrow:  # Narrow strings are searched several times faster.
            text = text.encode("ascii", "replace").decode("ascii")
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    # A few capitals have two letters in lower case.
    return "".join(letter if len(letter.lower()) != 1 else letter.lower() for letter in text)


def _all_terms(word: Word) -> Iterator[str]:
    yield from word.terms
    yield from (term for option in word.phrases for term, _ in option)


def _places(text: str, folded: str, word: Word, language: str) -> Iterator[tuple[int, int]]:
    beginnings = _beginnings(word.terms) | {*word.prefixes}
    yield from _found(folded, beginnings, partial(_end, text, word, language))
    for option in word.phrases:
        yield from _found(folded, _beginnings([option[0][0]]), partial(_phrase_end, text, option, language))


def _found(folded: str, beginnings: Iterable[str], end_from: Callable[[int], int]) -> Iterator[tuple[int, int]]:
    """The places that begin so and where something asked for ends."""
    for beginning in beginnings:
        place = folded.find(beginning)
        for _ in range(_MOST_PLACES):
            if place < 0:
                break
            if place == 0 or not folded[place - 1].isalnum():
                end = end_from(place)
                if end:
                    yield place, end
            place = folded.find(beginning, place + len(beginning))


def _beginnings(terms: Iterable[str]) -> set[str]:
    """First letters that every form of the terms has in common, also with a mark inside."""
    found: set[str] = set()
    for term in map(without_language, terms):
        length = min(_LONGEST_BEGINNING, max(_SHORTEST_BEGINNING, len(term) - 2))
        found.add(term[:length])
        found |= {old[:length] for new, old in OTHER_BEGINNINGS if term.startswith(new)}
        if len(term) > _SHORTEST_BEGINNING:
            found |= {f"{term[0]}-{term[1:3]}", f"{term[:2]}-{term[2:4]}", f"{term[0]}'{term[1:3]}"}
    return {beginning for beginning in found if beginning}


def _end(text: str, word: Word, language: str, place: int) -> int:
    """Where the word that begins at the place ends, if it is one of the terms; else 0."""
    match = TOKEN.match(text, place)
    if match is None:
        return 0
    if _means(match.group(), word, language):
        return match.end()
    if text[match.end() : match.end() + 1] in _HYPHENS:
        second = TOKEN.match(text, match.end() + 1)
        if second is not None and _means(match.group() + second.group(), word, language):
            return second.end()
    return 0


def _phrase_end(text: str, option: Option, language: str, place: int) -> int:
    """Where the phrase that begins at the place ends, if it is said there; else 0."""
    match, position = TOKEN.match(text, place), 0
    for term, offset in option:
        while match is not None and position < offset:
            match, position = TOKEN.search(text, match.end()), position + 1
        if match is None or term_of(match.group(), language)[0] != term:
            return 0
    return match.end() if match is not None else 0


def _means(written: str, word: Word, language: str) -> bool:
    if term_of(written, language)[0] in word.terms:
        return True
    return bool(word.prefixes) and fold(written).startswith(word.prefixes)
