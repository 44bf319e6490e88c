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
from search.engines.fts5.schema import Row, Texts, begun_text, encodable, indexed, unpacked

_DOCUMENT = f"INSERT INTO document (number, {', '.join(Row._fields)}) VALUES ({', '.join('?' * 13)})"


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
        for table, columns, texts in _texts(unpacked(packed), title):
            places = ", ".join("?" * len(texts))
            connection.execute(
                f"INSERT INTO {table} ({table}, rowid, {columns}) VALUES ('delete', ?, {places})", (number, *texts)
            )
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
            for table, columns, given in _texts(texts, row.title):
                places = ", ".join("?" * len(given))
                connection.execute(f"INSERT INTO {table} (rowid, {columns}) VALUES (?, {places})", (state.next, *given))
        state.next += 1
        state.documents += 1
        state.title_words += row.title_length
        state.body_words += row.body_length


def _texts(texts: Texts, title: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """(table, columns, texts) of the three FTS5 tables."""
    return [
        ("said", "title, body", tuple(texts)),
        ("held", "counts", (texts.counts(),)),
        ("begun", "words", (begun_text(title),)),
    ]


def latest_only(documents: Sequence[Document]) -> list[Document]:
    """The last document given for each key."""
    return list({document.key: document for document in documents}.values())
