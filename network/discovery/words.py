"""The glossary and the other words for topics: what else is searched for, and how the page says so."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from network.core.text.folding import folded
from network.vocabulary.glossary.queries import Glossary, glossary
from network.vocabulary.queries import topic_aliases
from search.alternatives import applied
from search.query import parse
from search.stopwords import STOP_WORDS

_STOPPED = STOP_WORDS["en"]


def other_words() -> Mapping[str, tuple[str, ...]]:
    """Other ways to say a word or phrase, as `Query.alternatives` takes them."""
    return _all(glossary(), topic_aliases()).usable


def glossary_words() -> frozenset[str]:
    """Words that mean something although no document may hold them: they are not spelling mistakes."""
    return frozenset(word for phrase in other_words() for word in phrase.split())


def also_searched(text: str) -> tuple[str, ...]:
    """The other ways, as they are written, of what somebody typed: “freedom of information” for “foi requests”."""
    written = _all(glossary(), topic_aliases()).written
    others = [other for _, others in applied(parse(text), other_words()) for other in others]
    return tuple(dict.fromkeys(written[other] for other in others))


class _All(NamedTuple):
    usable: Mapping[str, tuple[str, ...]]
    written: Mapping[str, str]


@lru_cache(maxsize=4)
def _all(of: Glossary, aliases: tuple[tuple[str, str], ...]) -> _All:
    """Both together. An alias finds what is filed under its topic, and not the other way round: it may say less.

    Without very frequent words: “IT” is how people write “it”, and would find everything.
    """
    both, written = dict(of.alternatives), {folded(name): name for _, name in aliases} | dict(of.written)
    for alias, name in aliases:
        key, said = folded(alias), folded(name)
        both[key] = tuple(dict.fromkeys((*both.get(key, ()), said)))
    usable = {
        phrase: kept
        for phrase, others in both.items()
        if not _stopped(phrase) and (kept := tuple(other for other in others if not _stopped(other)))
    }
    return _All(usable, written)


def _stopped(phrase: str) -> bool:
    return all(word in _STOPPED for word in phrase.split())
