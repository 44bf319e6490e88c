"""What one word or phrase of a query asks of an index: terms, and other ways to say them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from search.analysis import MARKED_LANGUAGES, Token, of_language, term_of, tokens
from search.folding import fold
from search.query import Clause

# One way of saying a phrase, as (term, offset) pairs.
Option = tuple[tuple[str, int], ...]

_SHORTEST_STEM = 4


@dataclass(frozen=True, slots=True)
class Word:
    """Terms and phrases that mean one word: a document holds it that holds or says any of them.

    `prefixes` ask for the terms of the index that begin so. What was not typed itself but
    stands for it weighs less (`ranking.LESSER`): the terms in `lesser`, and all `phrases`.
    """

    terms: frozenset[str]
    prefixes: tuple[str, ...] = ()
    phrases: tuple[Option, ...] = ()
    lesser: frozenset[str] = frozenset()

    def closed(self, begun: Iterable[str]) -> Word:
        """The word without its open end: these terms of the index stand for it."""
        new = frozenset(begun) - self.terms
        return Word(self.terms | new, (), self.phrases, self.lesser | new)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Terms at fixed distances. Each option is one way of saying it."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One word as it stands in a clause, from `start` to `end` of its text, and what it means."""

    start: int
    end: int
    word: Word
    stop: bool


def asked_words(clause: Clause, present: list[str], reading: str | None) -> list[Asked]:
    """The words of a clause in order. `stop` marks those too frequent to rank in the language `reading`.

    Those that rank do not mean what is too frequent in another language: "AI" is no form of "j'ai". With None for
    `reading` all mean what they can.
    """
    if clause.kind == "prefix":
        return [Asked(0, len(clause.text), _open_word(clause.text, present), False)]
    spans: dict[tuple[int, int], set[str]] = {}
    frequent: set[str] = set()
    compounds: list[Token] = []
    for language in present:
        for token in tokens(clause.text, language):
            if token.joined:
                compounds.append(token)
            else:
                spans.setdefault((token.start, token.end), set()).add(token.term)
                if token.stop:
                    frequent.add(token.term)
    _join(compounds, spans)
    found = []
    for (start, end), terms in sorted(spans.items()):
        stop = reading is None or term_of(clause.text[start:end], reading)[1]
        meant = terms if stop else (terms - frequent or terms)
        found.append(Asked(start, end, Word(frozenset(meant)), stop))
    return found


def _join(compounds: list[Token], spans: dict[tuple[int, int], set[str]]) -> None:
    """Lets the joined form stand for each part; single letters ("e-mail") mean the joined form only."""
    for compound in compounds:
        parts = [span for span in spans if compound.start <= span[0] and span[1] <= compound.end]
        if any(end - start == 1 for start, end in parts):
            for span in parts:
                del spans[span]
            parts = [(compound.start, compound.end)]
        for span in parts:
            spans.setdefault(span, set()).add(compound.term)


def _open_word(text: str, present: list[str]) -> Word:
    begun = fold(text)
    # "organiz" begins a word that is indexed in its other spelling.
    prefixes = dict.fromkeys((begun, re.sub(r"(?<=\w\w)([iy])z", r"\1s", begun)))
    return Word(frozenset(term_of(text, language)[0] for language in present), tuple(prefixes))


def stems_within(prefix: str) -> list[list[str]]:
    """For each language the terms that a beginning may go past, the longest first: "policie" means "polici"."""
    lengths = range(len(prefix) - 1, _SHORTEST_STEM - 1, -1)
    return [[of_language(prefix[:length], language) for length in lengths] for language in ("", *MARKED_LANGUAGES)]


def options_of(text: str, present: list[str]) -> tuple[Option, ...]:
    """The ways in which these languages say exactly this text; none for a text without words."""
    options: dict[Option, None] = {}
    for language in present:
        found = list(tokens(text, language))
        parts = [token for token in found if not token.joined]
        if not parts:
            continue
        options[tuple((token.term, token.position - parts[0].position) for token in parts)] = None
        for token in found:
            if token.joined and token.start == parts[0].start and token.end == parts[-1].end:
                options[((token.term, 0),)] = None
    return tuple(options)


def with_others(word: Word, others: Iterable[str], present: list[str]) -> Word:
    """The word with other ways to say it."""
    terms: set[str] = set()
    phrases: dict[Option, None] = dict.fromkeys(word.phrases)
    for text in others:
        for option in options_of(text, _telling(text, present)):
            if len(option) == 1:
                terms.add(option[0][0])
            else:
                phrases[option] = None
    return Word(word.terms | terms, word.prefixes, tuple(phrases), word.lesser | (terms - word.terms))


def _telling(text: str, present: list[str]) -> list[str]:
    """The languages in which a text is more than frequent words, which nearly every document would hold.

    Those whose terms bear no name share them, so the text must tell in all of these.
    """
    frequent = {language for language in present if all(token.stop for token in tokens(text, language))}
    shared = {*present} - MARKED_LANGUAGES
    return [language for language in present if language not in (frequent | shared if frequent & shared else frequent)]
