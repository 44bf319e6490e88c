"""A document as an engine indexes it: where each term stands in its title and its body."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from search.analysis import Token, tokens
from search.contract import Document
from search.words import Option

# Far enough that no phrase reaches from the summary into a tag or from there into the text.
GAP = 100
# Very frequent words are not ranked, but phrases need them: so often one of them is held of what is attached.
_STOPS_HELD = 50


@dataclass(frozen=True, slots=True)
class Places:
    """The positions of every term of one field, and how many ranked words the field has."""

    positions: Mapping[str, list[int]]
    length: int

    def says(self, option: Option) -> int:
        """How often the terms stand here at these distances."""
        first, start = {*self.positions.get(option[0][0], ())}, option[0][1]
        others = [({*self.positions.get(term, ())}, offset - start) for term, offset in option[1:]]
        return sum(all(place + distance in found for found, distance in others) for place in first)


@dataclass(frozen=True, slots=True)
class Content:
    """Both searchable fields of a document. The body holds the summary, the tags and what is attached as well."""

    title: Places
    body: Places


def content_of(document: Document) -> Content:
    """Analyses a document in its own language."""
    return Content(
        title=_places((document.title,), document.language),
        body=_places((document.summary, *document.tags, document.body), document.language, document.attached),
    )


def attached_tokens(texts: Iterable[str], language: str) -> Iterator[tuple[int, Token]]:
    """(number of the text, token) of what is indexed of attached texts: each word where it stands first.

    A long file would otherwise outdo what its guide says itself, and a guide without files. So a phrase is found in a
    file where its words stand for the first time.
    """
    held: Counter[str] = Counter()
    for number, text in enumerate(texts):
        for token in tokens(text, language):
            if held[token.term] < (_STOPS_HELD if token.stop else 1):
                held[token.term] += 1
                yield number, token


def _places(parts: Iterable[str], language: str, attached: Iterable[str] = ()) -> Places:
    positions: dict[str, list[int]] = {}
    length = start = 0
    for part in parts:
        last = start
        for token in tokens(part, language):
            last = start + token.position
            positions.setdefault(token.term, []).append(last)
            length += not (token.stop or token.joined)
        start = last + GAP
    last, text = start, 0
    for number, token in attached_tokens(attached, language):
        if number != text:
            text, start = number, last + GAP
        last = start + token.position
        positions.setdefault(token.term, []).append(last)
    return Places(positions, length)
