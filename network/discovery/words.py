"""The glossary as search uses it: which other words are searched for, and how the page says so."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from network.vocabulary.glossary.queries import Glossary, glossary
from search.alternatives import applied
from search.query import parse
from search.stopwords import STOP_WORDS

_STOPPED = STOP_WORDS["en"]


def other_words() -> Mapping[str, tuple[str, ...]]:
    """Other ways to say a word or phrase, as `Query.alternatives` takes them."""
    return _usable(glossary())


def glossary_words() -> frozenset[str]:
    """Words that mean something although no document may hold them: they are not spelling mistakes."""
    return frozenset(word for phrase in other_words() for word in phrase.split())


def also_searched(text: str) -> tuple[str, ...]:
    """The other ways, as they are written, of what somebody typed: “freedom of information” for “foi requests”."""
    written = glossary().written
    others = [other for _, others in applied(parse(text), other_words()) for other in others]
    return tuple(dict.fromkeys(written[other] for other in others))


@lru_cache(maxsize=4)
def _usable(of: Glossary) -> Mapping[str, tuple[str, ...]]:
    """Without very frequent words: “IT” is how people write “it”, and would find everything."""
    return {
        phrase: kept
        for phrase, others in of.alternatives.items()
        if not _stopped(phrase) and (kept := tuple(other for other in others if not _stopped(other)))
    }


def _stopped(phrase: str) -> bool:
    return all(word in _STOPPED for word in phrase.split())
