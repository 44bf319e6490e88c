"""Writes documents into one index, inside a transaction that the caller holds.

A document keeps its number for life: a changed one is taken out and gets a new number,
the highest. So what a reader has in memory about lower numbers stays true.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search.contract import Document
from search.engines.fts5.failures import reading
from search.engines.fts5.schema import Texts, begun_text, encodable, indexed, unpacked

_DOCUMENT = (
    "INSERT INTO document (number, key, version, subject, audience, language, title, updated, uses, standing,"
    " title_length, body_length, facets) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
# FTS5 keeps no texts here, so it must be told what a document held for it to be taken out.
_ADD = (
    "INSERT INTO said (rowid, title, body) VALUES (?, ?, ?)",
    "INSERT INTO held (rowid, counts) VALUES (?, ?)",
    "INSERT INTO begun (rowid, words) VALUES (?, ?)",
)
_TAKE_OUT = (
    "INSERT INTO said (said, rowid, title, body) VALUES ('delete', ?, ?, ?)",
    "INSERT INTO held (held, rowid, counts) VALUES ('delete', ?, ?)",
    "INSERT INTO begun (begun, rowid, words) VALUES ('delete', ?, ?)",
)


@dataclass(slots=True)
class State:
    """The one row of `state`: the number of commits and of documents, the next number, sums of lengths."""

    generation: int
    next: int
    documents: int
    title_words: int
    body_words: int


def state_of(connection: sqlite3.Connection) -> State:
    """The state as this connection sees it."""
    with reading("reading the state"):
        return State(*map(int, connection.execute("SELECT * FROM state").fetchone()))


def save(connection: sqlite3.Connection, state: State) -> None:
    """Ends a change."""
    with reading("writing the state"):
        connection.execute(
            "UPDATE state SET generation = ?, next = ?, documents = ?, title_words = ?, body_words = ?",
            (state.generation, state.next, state.documents, state.title_words, state.body_words),
        )


def change(connection: sqlite3.Connection, documents: Sequence[Document], gone: Iterable[str]) -> None:
    """Takes out what stands under the keys and adds the documents, whose keys must be among them."""
    state = state_of(connection)
    state.generation += 1
    for key in gone:
        _delete(connection, state, encodable(key))
    add(connection, state, documents)
    save(connection, state)


def _delete(connection: sqlite3.Connection, state: State, key: str) -> None:
    with reading("deleting a document"):
        found = connection.execute(
            "SELECT number, title, title_length, body_length, packed FROM document JOIN terms USING (number)"
            " WHERE key = ?",
            (key,),
        ).fetchone()
        if found is None:
            return
        number, title, title_length, body_length, packed = found
        for statement, texts in zip(_TAKE_OUT, _given(unpacked(packed), title), strict=True):
            connection.execute(statement, (number, *texts))
        connection.execute("DELETE FROM document WHERE number = ?", (number,))
        connection.execute("DELETE FROM terms WHERE number = ?", (number,))
        connection.execute("INSERT INTO gone VALUES (?, ?)", (state.generation, number))
        state.documents -= 1
        state.title_words -= title_length
        state.body_words -= body_length


def add(connection: sqlite3.Connection, state: State, documents: Iterable[Document]) -> None:
    """Adds documents whose keys are not in the index."""
    for document in documents:
        row, texts = indexed(document)
        with reading("writing a document"):
            connection.execute(_DOCUMENT, (state.next, *row))
            connection.execute("INSERT INTO terms VALUES (?, ?)", (state.next, texts.packed()))
            for statement, given in zip(_ADD, _given(texts, row.title), strict=True):
                connection.execute(statement, (state.next, *given))
        state.next += 1
        state.documents += 1
        state.title_words += row.title_length
        state.body_words += row.body_length


def _given(texts: Texts, title: str) -> tuple[tuple[str, ...], ...]:
    """What the three FTS5 tables are given."""
    return tuple(texts), (texts.counts(),), (begun_text(title),)
