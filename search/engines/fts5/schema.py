"""The form of the index file. Change `VERSION` whenever what is written changes: older indexes are then rebuilt.

There are three FTS5 tables without texts of their own. `said` holds the terms of title and
body where they stand, for phrases. `held` holds how often a document has each term, one
token for every binary place of the number, so that all documents of one count are read as
one list. `begun` holds the whole words of titles, for suggestions while typing.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from search.analysis import Token, tokens
from search.completion import title_words
from search.content import attached_tokens
from search.contract import Document

VERSION = 5003
# The file that names the index in use, not Whoosh's, whose folder it may be.
CURRENT = "current-fts5"

# The terms come analysed, apart by spaces; ASCII is all that the tokenizer looks at.
TABLES = """
CREATE TABLE state (
    generation INTEGER NOT NULL, next INTEGER NOT NULL, documents INTEGER NOT NULL,
    title_words INTEGER NOT NULL, body_words INTEGER NOT NULL
);
INSERT INTO state VALUES (0, 0, 0, 0, 0);
CREATE TABLE document (
    number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, subject TEXT NOT NULL,
    audience TEXT NOT NULL, language TEXT NOT NULL, title TEXT NOT NULL, updated REAL NOT NULL,
    uses INTEGER NOT NULL, standing REAL NOT NULL, title_length INTEGER NOT NULL, body_length INTEGER NOT NULL,
    facets TEXT NOT NULL
);
CREATE TABLE terms (number INTEGER PRIMARY KEY, packed BLOB NOT NULL);
CREATE TABLE gone (generation INTEGER NOT NULL, number INTEGER NOT NULL);
CREATE INDEX gone_generation ON gone (generation);
CREATE VIRTUAL TABLE said USING fts5(
    title, body, content = '', columnsize = 0, tokenize = "ascii tokenchars '_='"
);
CREATE VIRTUAL TABLE held USING fts5(
    counts, content = '', columnsize = 0, detail = none, tokenize = "ascii tokenchars '_='"
);
CREATE VIRTUAL TABLE begun USING fts5(
    words, content = '', columnsize = 0, detail = none, prefix = '1 2 3', tokenize = "ascii tokenchars '_='"
);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(said, row);
"""

# While an index is filled, merging on the way would write everything several times.
FILLING = """
INSERT INTO said (said, rank) VALUES ('automerge', 0), ('crisismerge', 256), ('hashsize', 8000000);
INSERT INTO held (held, rank) VALUES ('automerge', 0), ('crisismerge', 256), ('hashsize', 8000000);
INSERT INTO begun (begun, rank) VALUES ('automerge', 0), ('crisismerge', 256), ('hashsize', 8000000);
"""
FILLED = """
INSERT INTO said (said) VALUES ('optimize');
INSERT INTO held (held) VALUES ('optimize');
INSERT INTO begun (begun) VALUES ('optimize');
INSERT INTO said (said, rank) VALUES ('automerge', 4), ('crisismerge', 16), ('hashsize', 1000000);
INSERT INTO held (held, rank) VALUES ('automerge', 4), ('crisismerge', 16), ('hashsize', 1000000);
INSERT INTO begun (begun, rank) VALUES ('automerge', 4), ('crisismerge', 16), ('hashsize', 1000000);
"""

TITLE = "title"
BODY = "body"
# How many binary places of a term's count are kept; more often than that counts as the most.
PLACES = {TITLE: 3, BODY: 8}

# A token that no term is: it keeps phrases from reaching over the end of a text.
BREAK = "_"
_MARKED = re.compile(r"[\x00-/:-\x7f]")
_ESCAPED = re.compile(r"_([0-9a-f]{2})")


def written(term: str) -> str:
    """A term as a token: ASCII marks, and capitals that FTS5 would fold, by their codes."""
    if term.isalnum() and term.islower():
        return term
    return _MARKED.sub(_escape, term)


def _escape(match: re.Match[str]) -> str:
    mark = match.group()
    return mark if "a" <= mark <= "z" else f"_{ord(mark):02x}"


def read_term(token: str) -> str:
    """The term that was `written` so."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), token) if "_" in token else token


def encodable(text: str) -> str:
    """The text without halves of characters, which SQLite does not take."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


class Row(NamedTuple):
    """What is stored of a document beside its number. Times are seconds since 1970."""

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
    facets: str


class Texts(NamedTuple):
    """The terms of a document as they are indexed, apart by spaces."""

    title: str
    body: str

    def counts(self) -> str:
        """The tokens of `held`: for every term and field the binary places of how often it stands there."""
        return " ".join(
            counted(term, field, place)
            for field, text in zip(PLACES, self, strict=True)
            for term, count in Counter(text.split()).items()
            if term != BREAK
            for place in _places_of(min(count, (1 << PLACES[field]) - 1))
        )

    def packed(self) -> bytes:
        """For the day when the document is taken out: FTS5 must then be told what it was given."""
        return zlib.compress("\n".join(self).encode(), 1)


def unpacked(packed: bytes) -> Texts:
    """What was packed."""
    return Texts(*zlib.decompress(packed).decode().split("\n"))


def counted(token: str, field: str, place: int) -> str:
    """The token of `held` that says: this binary place of the term's count in this field is set."""
    return f"{token}={field[0]}{place}"


def _places_of(count: int) -> list[int]:
    return [place for place in range(count.bit_length()) if count >> place & 1]


def begun_text(title: str) -> str:
    """The text of `begun`."""
    return " ".join(map(written, title_words(title)))


def indexed(document: Document) -> tuple[Row, Texts]:
    """What is written for a document."""
    title, title_length = _terms((document.title,), document.language)
    own = (document.summary, *document.tags, document.body)
    body, body_length = _terms(own, document.language, document.attached)
    facets = {name: list(dict.fromkeys(values)) for name, values in document.facets.items() if values}
    row = Row(
        encodable(document.key), document.version, encodable(document.subject), encodable(document.audience),
        encodable(document.language), encodable(document.title), document.updated.timestamp(),
        max(0, document.uses), document.standing, title_length, body_length, json.dumps(facets),
    )  # fmt: skip
    return row, Texts(title, body)


def _terms(parts: Iterable[str], language: str, attached: Iterable[str] = ()) -> tuple[str, int]:
    """The terms in order and how many of them are ranked; joined compounds stand at the end, each for itself."""
    said: list[str] = []
    joined: list[str] = []
    length = 0
    for part in parts:
        found = list(tokens(part, language))
        _say(found, said, joined)
        length += sum(not (token.stop or token.joined) for token in found)
    for _, group in groupby(attached_tokens(attached, language), key=itemgetter(0)):
        _say((token for _, token in group), said, joined)
    return " ".join(said + joined), length


def _say(found: Iterable[Token], said: list[str], joined: list[str]) -> None:
    said.append(BREAK)
    last = -1
    for token in found:
        if token.joined:
            joined += (BREAK, written(token.term))
            continue
        said += [BREAK] * (token.position - last - 1)
        said.append(written(token.term))
        last = token.position
