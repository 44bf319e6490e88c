"""Turns a query tree into the terms that an index of certain languages must be asked for.

Every engine carries out the same plan, so a word means the same in all of them. A word
of the query is a set of terms: its stem in each language present, and the joined form
of a hyphenated compound. A document that holds any of them holds the word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from search.analysis import TOKEN, Token, term_of, tokens
from search.folding import fold
from search.query import Clause, Tree
from search.stopwords import STOP_WORDS

# How many terms of the index an open-ended word stands for at most.
MOST_EXPANSIONS = 50


@dataclass(frozen=True, slots=True)
class Word:
    """A set of terms that mean one word. `prefixes` ask for the terms of the index that begin so."""

    terms: frozenset[str]
    prefixes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """Terms at fixed distances. Each option is one way of saying it, as (term, offset) pairs."""

    options: tuple[tuple[tuple[str, int], ...], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to look for.

    `words` are ranked, with how often each was asked. `required` and `excluded` decide
    on a document by themselves. `titles_only` is set when all the words are so frequent
    that only titles are worth asking. `everything` is set when nothing was typed.
    """

    words: tuple[tuple[Word, int], ...]
    required: tuple[Word | Phrase, ...]
    excluded: tuple[Word | Phrase, ...]
    ignored: tuple[str, ...]
    titles_only: bool = False
    everything: bool = False


def plan(tree: Tree, languages: Iterable[str]) -> Plan:
    """The plan for an index that holds documents in these languages."""
    present = sorted(languages) or ["en"]
    reading = _language_of(tree, present)
    asked: Counter[Word] = Counter()
    frequent: Counter[Word] = Counter()
    required: list[Word | Phrase] = []
    for clause in tree.words:
        ranked, stopped = _words(clause, present, reading)
        asked.update(ranked)
        frequent.update(stopped)
        if clause.kind == "phrase":
            required.append(_phrase(clause, present))
        elif clause.mode == "must":
            required += [*ranked, *stopped]
    excluded = [_excluded(clause, present, reading) for clause in tree.clauses if clause.mode == "not"]
    only_excluded = bool(excluded) and not asked and not frequent
    return Plan(
        words=tuple((asked or frequent).items()),
        required=tuple(required),
        excluded=tuple(excluded),
        ignored=tree.ignored + (_signed(tree) if only_excluded else ()),
        titles_only=bool(frequent) and not asked and not any(isinstance(part, Phrase) for part in required),
        everything=not tree.clauses and not tree.ignored,
    )


def _signed(tree: Tree) -> tuple[str, ...]:
    quoted = {"phrase": '-"{}"', "word": "-{}", "prefix": "-{}"}
    return tuple(quoted[clause.kind].format(clause.text) for clause in tree.clauses)


def _language_of(tree: Tree, present: list[str]) -> str:
    """The language whose frequent words stand in the query most often; English when in doubt."""
    written = [fold(match.group()) for clause in tree.words for match in TOKEN.finditer(clause.text)]
    candidates = [language for language in present if language in STOP_WORDS]
    if not candidates:
        return present[0]
    return max(candidates, key=lambda name: (sum(w in STOP_WORDS[name] for w in written), name == "en"))


def _words(clause: Clause, present: list[str], reading: str) -> tuple[list[Word], list[Word]]:
    """The words of a clause to rank, and those too frequent for it."""
    if clause.kind == "prefix":
        return [_open_word(clause.text, present)], []
    alternatives: dict[tuple[int, int], set[str]] = {}
    compounds: list[Token] = []
    for language in present:
        for token in tokens(clause.text, language):
            if token.joined:
                compounds.append(token)
            else:
                alternatives.setdefault((token.start, token.end), set()).add(token.term)
    _join(compounds, alternatives)
    ranked: list[Word] = []
    stopped: list[Word] = []
    for (start, end), terms in sorted(alternatives.items()):
        _, stop = term_of(clause.text[start:end], reading)
        (stopped if stop else ranked).append(Word(frozenset(terms)))
    return ranked, stopped


def _join(compounds: list[Token], alternatives: dict[tuple[int, int], set[str]]) -> None:
    """Lets the joined form stand for each part; single letters ("e-mail") mean the joined form only."""
    for compound in compounds:
        parts = [span for span in alternatives if compound.start <= span[0] and span[1] <= compound.end]
        if any(end - start == 1 for start, end in parts):
            for span in parts:
                del alternatives[span]
            parts = [(compound.start, compound.end)]
        for span in parts:
            alternatives.setdefault(span, set()).add(compound.term)


def _open_word(text: str, present: list[str]) -> Word:
    begun = fold(text)
    # "organiz" begins a word that is indexed in its other spelling.
    prefixes = dict.fromkeys((begun, re.sub(r"(?<=\w\w)([iy])z", r"\1s", begun)))
    return Word(frozenset(term_of(text, language)[0] for language in present), tuple(prefixes))


def _phrase(clause: Clause, present: list[str]) -> Phrase:
    options: dict[tuple[tuple[str, int], ...], None] = {}
    for language in present:
        found = list(tokens(clause.text, language))
        parts = [token for token in found if not token.joined]
        options[tuple((token.term, token.position - parts[0].position) for token in parts)] = None
        for token in found:
            if token.joined and token.start == parts[0].start and token.end == parts[-1].end:
                options[((token.term, 0),)] = None
    return Phrase(tuple(options))


def _excluded(clause: Clause, present: list[str], reading: str) -> Word | Phrase:
    if clause.kind == "phrase":
        return _phrase(clause, present)
    ranked, stopped = _words(clause, present, reading)
    return (ranked + stopped)[0]
