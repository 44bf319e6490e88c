"""Finds in what was typed the words and phrases that can be said in other ways.

Which ways there are is the caller's knowledge: synonyms and acronyms kept by moderators,
nicknames in a search for people. Keys and values are written as `folded_words` gives them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from search.analysis import TOKEN, written_form
from search.query import Clause, Tree

# No longer key is looked for, so that a query costs the same however many there are.
LONGEST_KEY = 8


@dataclass(frozen=True, slots=True)
class Said:
    """A word or phrase that was typed, as its key, and the other ways to say it.

    `places` are (number of the clause, place in its text) of its words.
    """

    key: str
    others: tuple[str, ...]
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Typed:
    word: str
    place: tuple[int, int]


def folded_words(text: str) -> str:
    """The words of a text as alternatives are written: folded, one space between them."""
    return " ".join(written_form(match.group()) for match in TOKEN.finditer(text))


def applied(tree: Tree, alternatives: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What was also searched for: (what was typed, its other ways) in the order typed, each once."""
    return tuple(dict.fromkeys((said.key, said.others) for said in said_otherwise(tree, alternatives)))


def said_otherwise(tree: Tree, alternatives: Mapping[str, tuple[str, ...]]) -> list[Said]:
    """The keys typed, the longest first where two overlap. A quoted phrase must be a key as a whole."""
    if not alternatives:
        return []
    found: list[Said] = []
    for run, whole in _runs(tree):
        place = 0
        while place < len(run):
            length = _key_at(run, place, alternatives, whole=whole)
            if length:
                words = run[place : place + length]
                key = _known(" ".join(typed.word for typed in words), alternatives)
                found.append(Said(key, alternatives[key], tuple(typed.place for typed in words)))
            place += length or 1
    return found


def _runs(tree: Tree) -> Iterator[tuple[list[_Typed], bool]]:
    """Words that stand beside each other; True with those of a quoted phrase."""
    run: list[_Typed] = []
    for number, clause in enumerate(tree.clauses):
        plain = clause.kind == "word" and clause.mode == "any"
        if not plain and run:
            yield run, False
            run = []
        if plain:
            run += _typed(number, clause)
        elif clause.mode == "must" and clause.kind != "prefix":
            yield _typed(number, clause), clause.kind == "phrase"
    if run:
        yield run, False


def _typed(number: int, clause: Clause) -> list[_Typed]:
    return [_Typed(written_form(match.group()), (number, match.start())) for match in TOKEN.finditer(clause.text)]


def _key_at(run: list[_Typed], place: int, alternatives: Mapping[str, tuple[str, ...]], *, whole: bool) -> int:
    """How many words from this place on are a key; 0 for none."""
    longest = min(LONGEST_KEY, len(run) - place)
    if whole and (place or longest < len(run)):
        return 0
    for length in [longest] if whole else range(longest, 0, -1):
        if _known(" ".join(typed.word for typed in run[place : place + length]), alternatives):
            return length
    return 0


def _known(words: str, alternatives: Mapping[str, tuple[str, ...]]) -> str:
    """The key that the words are, perhaps in the other number; empty for none."""
    other = words[:-1] if words.endswith("s") else words + "s"
    return next((key for key in (words, other) if key in alternatives), "")
