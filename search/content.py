"""A document as an engine indexes it: where each term stands in its title and its body."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from search.analysis import tokens
from search.contract import Document
from search.words import Option

# Far enough that no phrase reaches from the summary into a tag or from there into the text.
GAP = 100


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
    """Both searchable fields of a document. The body holds the summary and the tags as well."""

    title: Places
    body: Places


def content_of(document: Document) -> Content:
    """Analyses a document in its own language."""
    return Content(
        title=_places((document.title,), document.language),
        body=_places((document.summary, *document.tags, document.body), document.language),
    )


def _places(parts: Iterable[str], language: str) -> Places:
    positions: dict[str, list[int]] = {}
    length = start = 0
    for part in parts:
        last = start
        for token in tokens(part, language):
            last = start + token.position
            positions.setdefault(token.term, []).append(last)
            length += not (token.stop or token.joined)
        start = last + GAP
    return Places(positions, length)
