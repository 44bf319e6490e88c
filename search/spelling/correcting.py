"""Corrects a whole query: the words that are wrong, and nothing else of what was typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from search.analysis import TOKEN, written_form
from search.query import LONGEST_TEXT, parts_of
from search.spelling.dictionary import Dictionary
from search.spelling.edits import NEIGHBOUR, one_slip
from search.spelling.endings import other_endings
from search.spelling.english import is_english
from search.stopwords import STOP_WORDS

# How many documents the reader may find hold each of some words: `Engine.frequencies` for one reader.
Frequencies = Callable[[Collection[str]], Mapping[str, int]]

# Whether a near word may stand for one that was typed, which so many documents hold.
Fits = Callable[[str, int, str], bool]

# Whether a title that the reader may find says a word.
Titled = Callable[[str], bool]

# Shorter words are near to too many others, and more often acronyms than slips.
SHORTEST_CORRECTED = 4
# Alone, a word is put right only from five letters on: "eqia" is all that somebody wants.
SHORTEST_ALONE = 5
# Two letters swapped make a frequent word of a shorter one ("teh"), where it stands in a sentence.
FEWEST_IN_A_SENTENCE = 3
# "Did you mean" asks about words that so few documents hold, when a near word is so many times as frequent.
RARE, MUCH_MORE = 3, 10

_ENDINGS = frozenset(("y", "ly", "s", "es", "d", "ed", "r", "er", "rs", "ers", "ing", "al", "ish", "ness", "ment"))
_FIGURE = re.compile(r"\d")
# "EQIA" and "UPRNs".
_CAPITALS = re.compile(r"[^\W\d_a-z]{2,6}s?")
_LETTERS = re.compile(rf"[^\W\d_]{{{SHORTEST_CORRECTED},}}")
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

    Signs, quoted words, filters and all other words stay as they were typed, and so does an
    English word that nobody has written yet, unless another form of it has been ("mouldy",
    "mould"). A word that would find nothing either is not put in place of one. Where a word
    would stay that is unknown altogether, the others may be right in the same language, and
    so may a short word that is all that was typed: nothing is put right then. Whoever types accents means
    them, so that such a word stays as well. A word that nobody has
    written in any text that everybody may read is wrong, too, where it is written with another ending
    that sounds alike ("accessability"), though others of its stem are held.
    """

    def fits(typed: str, _held: int, near: str) -> bool:
        return not _has_accent(typed) and (not is_english(typed) or _is_form_of(typed, near))

    found = _corrected(text, dictionary, frequencies, fits, most=0, times=1)
    if found is None or _leaves_unknown(text, found, frequencies):
        return None
    words = [match.group() for match in TOKEN.finditer(text)]
    return None if len(words) == 1 and len(words[0]) < SHORTEST_ALONE else found


def did_you_mean(
    text: str,
    dictionary: Dictionary,
    frequencies: Frequencies,
    *,
    failed: bool = True,
    titled: Titled = lambda _word: False,
) -> Correction | None:
    """Another way to write rare words, when a near one finds much more; None where none does.

    English words are doubted only where the search has `failed` as it was typed, and only for a
    letter left out, added or swapped ("manger"): another one in its place makes another word ("rent",
    "rest"). Where nothing holds them, a letter must be doubled in one of the two ("planing",
    "planning"). Words of titles are doubted only where the search has failed, and
    English ones not at all: names are titles. Nothing is asked of words in another language:
    where one would stay unknown, and no English word beside it.
    """

    def fits(typed: str, held: int, near: str) -> bool:
        if not is_english(typed):
            return True
        return failed and (_slips_a_letter(typed, near) if held else doubles_a_letter(typed, near))

    def spared(typed: str) -> bool:
        return (not failed or is_english(typed)) and titled(typed)

    found = _corrected(text, dictionary, frequencies, fits, most=RARE, times=MUCH_MORE, spared=spared)
    if found is None:
        return None
    english = any(map(is_english, _staying(text, found)))
    return found if english or not _leaves_unknown(text, found, frequencies) else None


def _staying(text: str, found: Correction) -> set[str]:
    """The words that stay as they were typed."""
    return {place.typed for place in _places(text)} - {typed for typed, _ in found.words}


def _leaves_unknown(text: str, found: Correction, frequencies: Frequencies) -> bool:
    """Whether a word stays that no document holds and that is not English either."""
    stay = _staying(text, found)
    held = frequencies(sorted(stay))
    return any(not held.get(typed, 0) and not is_english(typed) for typed in stay)


def _has_accent(typed: str) -> bool:
    return any(sign.isalpha() and not sign.isascii() for sign in typed)


def _is_form_of(typed: str, near: str) -> bool:
    short, long = sorted((written_form(typed), near), key=len)
    return len(short) >= SHORTEST_CORRECTED and long.startswith(short) and long[len(short) :] in _ENDINGS


@cache
def _frequent_words() -> Dictionary:
    """Words of every text ("should"), which the dictionaries of texts leave out; they come last."""
    return Dictionary.of({word: 1 for word in _FREQUENT if _LETTERS.fullmatch(word)})


def _slips_a_letter(typed: str, near: str) -> bool:
    cost = one_slip(written_form(typed), near)
    return cost is not None and cost < NEIGHBOUR and typed[0].lower() == near[0]


def doubles_a_letter(typed: str, near: str) -> bool:
    """Whether the two differ only by a letter that is doubled in one of them."""
    short, long = sorted((written_form(typed), near), key=len)
    return any(long == short[:place] + letter + short[place:] for place, letter in enumerate(short))


def _corrected(
    text: str,
    dictionary: Dictionary,
    frequencies: Frequencies,
    fits: Fits,
    *,
    most: int,
    times: int,
    spared: Titled = lambda _word: False,
) -> Correction | None:
    places = list(_places(text))
    if not places or not len(dictionary):
        return None
    held = dict(frequencies(sorted({place.typed for place in places})))
    ending = {place.typed: other for place in places if (other := _other_ending(place.typed, dictionary))}
    held |= dict.fromkeys(ending, 0)
    doubtful = [place for place in places if held.get(place.typed, 0) <= most]
    near = {
        place.typed: [
            word
            for word in ending.get(place.typed) or _near(place.typed, dictionary)
            if fits(place.typed, held.get(place.typed, 0), word)
        ]
        for place in doubtful
    }
    if not any(near.values()):
        return None
    known = frequencies(sorted({word for words in near.values() for word in words}))
    better = {
        typed: found
        for typed, words in near.items()
        if (found := next((w for w in words if known.get(w, 0) >= max(1, held.get(typed, 0) * times)), ""))
        and not spared(typed)
    }
    return _replaced(text, [place for place in doubtful if place.typed in better], better)


def _other_ending(typed: str, dictionary: Dictionary) -> list[str]:
    """The same word with the ending that somebody has written, where it is no word as it was typed."""
    form = written_form(typed)
    if dictionary.frequency(form) or is_english(typed):
        return []
    return [other for other in other_endings(form) if dictionary.frequency(other)]


def _near(typed: str, dictionary: Dictionary) -> list[str]:
    """What a word may be a slip for, the likeliest first."""
    if len(written_form(typed)) < SHORTEST_CORRECTED:
        return _swapped(written_form(typed))
    return [*dictionary.suggest(typed), *_frequent_words().suggest(typed)]


def _swapped(word: str) -> list[str]:
    """The frequent English words that come of a short one when two letters beside each other change places."""
    ways = (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1))
    return [way for way in ways if way != word and way in STOP_WORDS["en"]]


def _places(text: str) -> Iterator[_Place]:
    """The words that may be wrong.

    Not those in quotes, of filters, after a minus, begun, with figures in them, nor acronyms.
    """
    sentence = sum(1 for _ in TOKEN.finditer(text)) >= FEWEST_IN_A_SENTENCE
    for part in parts_of(text[:LONGEST_TEXT]):
        sign, quoted = part["sign"], part["phrase"] is not None
        if part["name"] or quoted or (sign and sign != "+") or part.group().endswith("*"):
            continue
        for match in TOKEN.finditer(text, part.start(), part.end()):
            word = written_form(match.group())
            if _is_acronym(match.group()) or word in _FREQUENT or _FIGURE.search(word):
                continue
            if len(word) >= SHORTEST_CORRECTED or (sentence and _swapped(word)):
                yield _Place(match.start(), match.end(), match.group())


def _is_acronym(typed: str) -> bool:
    """All capitals, or some inside small letters ("EqIA")."""
    mixed = any(sign.islower() for sign in typed) and any(sign.isupper() for sign in typed[1:])
    return mixed or _CAPITALS.fullmatch(typed) is not None


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
