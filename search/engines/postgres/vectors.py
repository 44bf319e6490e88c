"""Writes terms and their places as PostgreSQL's text search vectors and questions.

A vector holds the title first, weighted A, and after a gap the body. Beside a term that
a document says often stands a mark of how often, so that the best of very many documents
can be picked by the index alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from search.analysis import of_language
from search.content import GAP, Content
from search.plan import Option, Phrase, Word
from search.ranking import Statistics, body_density, title_density
from search.stopwords import STOP_WORDS

# What PostgreSQL can hold: the last place, the places of one term, the bytes of one vector.
_LAST_PLACE = 16_383
_MOST_PLACES = 255
_MOST_BYTES = 1_000_000

# A term counts as said often from this many occurrences in a text of ordinary length.
OFTEN = (2.0, 5.0)
_MARK = "\x1f"

# Words that a long text says more often than one term has places.
_FREQUENT = frozenset(of_language(word, language) for language, words in STOP_WORDS.items() for word in words)
_FURTHER = 3


def marked(term: str, level: int) -> str:
    """The term as it stands in vectors of documents that say it often, at one of the levels of `OFTEN`."""
    return f"{term}{_MARK}{level}"


def unmarked(terms: Iterable[str]) -> Iterator[str]:
    """The terms among what a vector holds."""
    return (term for term in terms if _MARK not in term)


def title_vector(content: Content) -> str:
    """The vector of a title alone."""
    return " ".join(f"{quoted(term)}:{_places(sorted(at), 1, '')}" for term, at in content.title.positions.items())


def vector(content: Content, statistics: Statistics) -> str:
    """The vector of a whole document."""
    title, body = content.title.positions, content.body.positions
    first = 1 + min(GAP + max((at[-1] for at in title.values()), default=0), _LAST_PLACE // 2)
    worth_in_title = title_density(content.title.length, statistics)
    worth_in_body = body_density(content.body.length, statistics)
    parts: list[str] = []
    size = 0
    for term in dict.fromkeys((*title, *body)):
        in_title, in_body = title.get(term, ()), body.get(term, ())
        size += _size(term, len(in_title) + len(in_body))
        if size > _MOST_BYTES:
            break
        room = _MOST_PLACES - len(in_title)
        places = [_places(sorted(in_title)[:_MOST_PLACES], 1, "A")] if in_title else []
        if in_body and room > 0:
            places.append(_places(sorted(in_body)[:room], first, ""))
        parts.append(f"{quoted(term)}:{','.join(places)}")
        if len(in_body) > room and term in _FREQUENT:
            parts += _more(term, sorted(in_body)[room:], first)
        said = len(in_title) * worth_in_title + len(in_body) * worth_in_body
        parts += [quoted(marked(term, level)) for level, least in enumerate(OFTEN) if said >= least]
    return " ".join(parts)


def _size(term: str, places: int) -> int:
    """The bytes that a term takes, with its marks and further names."""
    names = 1 + (places > 1) * len(OFTEN) + places // _MOST_PLACES
    return names * (len(term.encode()) + 6) + 2 * places


def _more(term: str, positions: list[int], first: int) -> Iterator[str]:
    """The places that one term has no room for, under further names of it: phrases need them."""
    for number in range(_FURTHER):
        part = positions[number * _MOST_PLACES : (number + 1) * _MOST_PLACES]
        if part:
            yield f"{quoted(_further(term, number))}:{_places(part, first, '')}"


def _further(term: str, number: int) -> str:
    return f"{term}{_MARK}+{number}"


def _places(positions: list[int], first: int, weight: str) -> str:
    """Places as PostgreSQL counts them. Beyond its last it begins anew, so that neighbours stay neighbours."""
    room = _LAST_PLACE - first + 1
    return ",".join(f"{first + position % room}{weight}" for position in positions)


def words_vector(words: Iterable[str]) -> str:
    """The vector of words whose places do not matter."""
    return " ".join(quoted(word) for word in dict.fromkeys(words))


def quoted(term: str) -> str:
    """A term as both vectors and questions write it."""
    escaped = term.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def said(option: Option) -> str:
    """The question for documents that say these terms at these distances."""
    written, last = "", 0
    for term, offset in option:
        names = [term, *(_further(term, number) for number in range(_FURTHER))] if term in _FREQUENT else [term]
        one = any_of(map(quoted, names))
        written = f"{written} <{offset - last}> {one}" if written else one
        last = offset
    return f"({written})"


def holding(part: Word | Phrase) -> str:
    """The question for documents that hold a word or say a phrase; empty where nothing can."""
    if isinstance(part, Phrase):
        return any_of(said(option) for option in part.options)
    return any_of([*map(quoted, sorted(part.terms)), *map(said, part.phrases)])


def often(word: Word, level: int) -> str:
    """The question for documents that hold one of the word's terms often; empty for a word of phrases alone."""
    return any_of(quoted(marked(term, level)) for term in sorted(word.terms - word.lesser))


def any_of(questions: Iterable[str]) -> str:
    """Any of the questions; empty without any."""
    asked = [question for question in questions if question]
    return f"({' | '.join(asked)})" if asked else ""


def all_of(questions: Iterable[str], but: Iterable[str] = ()) -> str:
    """All of the questions and none of `but`."""
    return " & ".join([*questions, *(f"!{question}" for question in but if question)])


def mentioned(words: Iterable[Word]) -> Mapping[str, None]:
    """All terms of these words, once each."""
    found: dict[str, None] = {}
    for word in words:
        found.update(dict.fromkeys(sorted(word.terms)))
        found.update((term, None) for option in word.phrases for term, _ in option)
    return found
