"""The form of the index: two searchable fields, a key, and one packed record per document.

Texts are not stored. Everything that filters, counts and orders is in the record, which
is read once per segment; so a field of its own would only make the index larger.
Change `VERSION` whenever what is written changes: older indexes are then rebuilt.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import Any, NamedTuple

from whoosh.fields import COLUMN, ID, FieldType, Schema
from whoosh.formats import Format

from search.content import Content, Places
from search.contract import Document

VERSION = 3

TITLE = "title"
BODY = "body"
KEY = "key"
RECORD = "record"


def encode_positions(positions: list[int]) -> bytes:
    """Ascending positions as differences, seven bits a byte."""
    out = bytearray()
    last = 0
    for position in positions:
        rest = position - last
        last = position
        while rest > 127:
            out.append(rest & 127 | 128)
            rest >>= 7
        out.append(rest)
    return bytes(out)


def decode_positions(data: bytes) -> list[int]:
    """What `encode_positions` was given."""
    position, place = _number(data, 0)
    rest = data[place:]
    if rest.isascii():  # All further differences are single bytes, as nearly always: quick.
        return list(accumulate(rest, initial=position))
    positions = [position]
    while place < len(data):
        difference, place = _number(data, place)
        position += difference
        positions.append(position)
    return positions


def _number(data: bytes, place: int) -> tuple[int, int]:
    """The number that begins at the place, and where the next one begins."""
    number = shift = 0
    while (byte := data[place]) > 127:
        number |= (byte & 127) << shift
        shift += 7
        place += 1
    return number | byte << shift, place + 1


class PlacesFormat(Format):  # type: ignore[misc]
    """Postings that carry positions in our own compact form."""

    posting_size = -1


class PlacesField(FieldType):  # type: ignore[misc]
    """A field that is given terms with their positions, analysed before."""

    def __init__(self) -> None:
        self.format = PlacesFormat()
        self.scorable = False
        self.stored = False
        self.unique = False
        self.spelling = False

    def index(self, value: Places, **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """(term, frequency, weight, positions) for every term."""
        for term, positions in value.positions.items():
            yield term.encode(), len(positions), float(len(positions)), encode_positions(positions)


def schema() -> Schema:
    """The schema of a new index."""
    return Schema(**{TITLE: PlacesField(), BODY: PlacesField(), KEY: ID(unique=True, stored=False), RECORD: COLUMN()})


class Record(NamedTuple):
    """What is known of a document without its text. Times are seconds since 1970."""

    key: str
    version: int
    subject: str
    audience: str
    language: str
    title: str
    updated: float
    uses: int
    standing: float
    title_length: int
    body_length: int
    facets: Mapping[str, list[str]]


def fields_of(document: Document, content: Content) -> dict[str, Any]:
    """The fields to write for a document."""
    record = Record(
        document.key, document.version, document.subject, document.audience, document.language, document.title,
        document.updated.timestamp(), max(0, document.uses), document.standing, content.title.length,
        content.body.length, {name: list(values) for name, values in document.facets.items() if values},
    )  # fmt: skip
    packed = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return {KEY: document.key, TITLE: content.title, BODY: content.body, RECORD: packed}


def record_of(packed: bytes) -> Record:
    """Reads a record back. Raises ValueError or TypeError on damage."""
    return Record(*json.loads(packed))
