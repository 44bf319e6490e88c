"""The glossary as search uses it: which other words are searched for, and how the page says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from network.core.text.folding import folded
from network.vocabulary.glossary.queries import Glossary, glossary
from search.query import parse
from search.stopwords import STOP_WORDS

_STOPPED = STOP_WORDS["en"]


def other_words() -> Mapping[str, tuple[str, ...]]:
    """Other ways to say a word or phrase, as `Query.alternatives` takes them."""
    return _usable(glossary())


def also_searched(text: str) -> tuple[str, ...]:
    """The other ways, as they are written, of what somebody typed: “freedom of information” for “foi requests”.

    The longest phrase wins: what stands inside it is not looked up once more.
    """
    usable, written = other_words(), glossary().written
    found: list[str] = []
    for words in _runs(text):
        place = 0
        while place < len(words):
            length, others = _longest(words[place:], usable)
            found += [written[other] for other in others if written[other] not in found]
            place += length
    return tuple(found)


def _longest(words: list[str], usable: Mapping[str, tuple[str, ...]]) -> tuple[int, tuple[str, ...]]:
    most = min(len(words), _most_words(glossary()))
    for length in range(most, 0, -1):
        others = usable.get(" ".join(words[:length]))
        if others:
            return length, others
    return 1, ()


def _runs(text: str) -> Iterator[list[str]]:
    """Words that stand together: plain ones in a row, and each phrase. What is to be left out is not asked."""
    run: list[str] = []
    for clause in parse(text).words:
        if clause.kind == "word" and clause.mode == "any":
            run += folded(clause.text).split()
            continue
        yield run
        run = []
        if clause.kind != "prefix":
            yield folded(clause.text).split()
    yield run


@lru_cache(maxsize=4)
def _usable(of: Glossary) -> Mapping[str, tuple[str, ...]]:
    """Without very frequent words: “IT” is how people write “it”, and would find everything."""
    return {
        phrase: kept
        for phrase, others in of.alternatives.items()
        if not _stopped(phrase) and (kept := tuple(other for other in others if not _stopped(other)))
    }


@lru_cache(maxsize=4)
def _most_words(of: Glossary) -> int:
    return max((phrase.count(" ") + 1 for phrase in of.alternatives), default=0)


def _stopped(phrase: str) -> bool:
    return all(word in _STOPPED for word in phrase.split())
