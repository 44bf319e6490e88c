"""Takes text apart into the terms that are indexed and asked for.

There is one analysis for all engines and for both sides, so that what one engine
finds another finds too, and what stands in a snippet is what was matched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from search.folding import fold
from search.stemming import STEMMED_LANGUAGES, stem
from search.stopwords import stop_words

# Longer runs are keys, hashes and mistakes. They are cut, not dropped, so they can still be found.
LONGEST_WORD = 60

_LETTER = r"[^\W_\u0300-\u036f]"
_WORD = rf"{_LETTER}(?:{_LETTER}|[\u0300-\u036f\u00ad])*"
TOKEN = re.compile(
    # Names that end or begin in marks are words of their own.
    r"(?P<exact>(?<![^\W_])(?:[cC]\+\+|[cCfF]\#|\.(?:net|NET|Net))(?![^\W_]|[+#]))"
    rf"|(?P<word>{_WORD}(?:['\u2019\u02bc]{_WORD})*)"
)
_ELISION = re.compile(r"^(?:[ldjmnstc]|qu|jusqu|lorsqu|puisqu)['\u2019\u02bc](?=.)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['\u2019\u02bc][sS]$")
_HYPHENS = frozenset("-\u2010\u2011")

# Terms of these languages bear its name, so that a stem is found in texts of its own language only: the French one of
# "care" is "car". English terms bear none, nor do those of languages without a stemmer, which are whole words.
MARKED_LANGUAGES = STEMMED_LANGUAGES - {"en"}
# No word holds it.
_MARK = "_"


class Token(NamedTuple):
    """One term at one place.

    `position` counts words; a joined compound shares the position of its first part.
    `start` and `end` are places in the text. `stop` marks a word that is not ranked,
    `joined` the compound of the parts before it.
    """

    term: str
    position: int
    start: int
    end: int
    stop: bool
    joined: bool = False


def written_form(word: str) -> str:
    """A written word folded but not stemmed, without the ending of a possessive."""
    return fold(_POSSESSIVE.sub("", word))[:LONGEST_WORD]


def of_language(term: str, language: str) -> str:
    """The term as the index holds it of documents in this language."""
    return f"{term}{_MARK}{language}" if term and language in MARKED_LANGUAGES else term


def without_language(term: str) -> str:
    """The term without the name of its language."""
    return term.partition(_MARK)[0]


@lru_cache(maxsize=20_000)
def term_of(word: str, language: str) -> tuple[str, bool]:
    """The term of one written word, and whether it is a stop word.

    `word` is what `TOKEN` matches; anything else gives an empty term.
    """
    if word[-1:] in "+#" or word[:1] == ".":
        return word.lower(), False
    bare = _POSSESSIVE.sub("", word)
    if language == "fr":
        bare = _ELISION.sub("", bare)
    folded = fold(bare)[:LONGEST_WORD]
    if folded in stop_words(language) or fold(word) in stop_words(language):
        return of_language(folded, language), True
    return of_language(_stemmed(folded, language), language), False


def _stemmed(word: str, language: str) -> str:
    """The stem; but "wills" are no form of "will", nor "notes" of an English "not" in a French text."""
    stemmed = stem(word, language)
    frequent = stop_words(language) | stop_words("en")
    if stemmed == word or stemmed not in frequent:
        return stemmed
    singular = word.removesuffix("s")
    return word if singular in frequent else singular


def tokens(text: str, language: str) -> Iterator[Token]:
    """The terms of a text in order.

    Words joined by a hyphen give their parts and then the joined word ("e-mail": e,
    mail, email), so both ways of writing meet.
    """
    position = -1
    run: list[tuple[int, re.Match[str]]] = []
    for match in TOKEN.finditer(text):
        position += 1
        word = match.group()
        if run and not (match.start() == run[-1][1].end() + 1 and text[match.start() - 1] in _HYPHENS):
            yield from _joined(text, run, language)
            run = []
        term, stop = term_of(word, language)
        if term:
            yield Token(term, position, match.start(), match.end(), stop)
        run.append((position, match))
    yield from _joined(text, run, language)


def _joined(text: str, run: list[tuple[int, re.Match[str]]], language: str) -> Iterator[Token]:
    """The joined form of a hyphenated compound of two or three parts."""
    if not 2 <= len(run) <= 3:
        return
    start, end = run[0][1].start(), run[-1][1].end()
    term, _ = term_of("".join(match.group() for _, match in run), language)
    yield Token(term, run[0][0], start, end, False, True)
