"""Writes documents into one index, within the caller's transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC

from search.completion import title_words
from search.content import Content, content_of
from search.contract import Document
from search.engines.postgres.connections import Session
from search.engines.postgres.schema import Index
from search.engines.postgres.vectors import title_vector, unmarked, vector, words_vector
from search.ranking import Statistics

Analysed = list[tuple[Document, Content]]

_LARGEST = 2**31 - 1
# A vector takes no word much longer.
_LONGEST = 200


def analysed(documents: Sequence[Document]) -> Analysed:
    """The last document given for each key, with its terms."""
    latest = {storable(document.key): document for document in documents}
    return [(document, content_of(document)) for document in latest.values()]


def storable(text: str) -> str:
    """The text without what PostgreSQL cannot store: zero bytes and halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


class Changes:
    """Changes of one index: its documents at once, and at the end how often words are held."""

    def __init__(self, session: Session, index: Index) -> None:
        self.session = session
        self.index = index
        self.held: Counter[str] = Counter()

    def put(self, documents: Analysed) -> None:
        """Adds the documents, each replacing what stood under its key."""
        self.remove([storable(document.key) for document, _ in documents])
        values = self._values(documents)
        lengths = [(content.title.length, content.body.length) for _, content in documents]
        languages = Counter(self.index.languages)
        languages.update(storable(document.language) for document, _ in documents)
        self.index = replace(
            self.index,
            documents=self.index.documents + len(documents),
            title_words=self.index.title_words + sum(title for title, _ in lengths),
            body_words=self.index.body_words + sum(body for _, body in lengths),
            languages=dict(languages),
        )
        self._copy(documents, values)
        for _, content in documents:
            self.held.update({**content.title.positions, **content.body.positions}.keys())

    def remove(self, keys: Sequence[str]) -> None:
        """Takes documents out; unknown keys do no harm."""
        gone = self.session.rows(
            self.index.about(
                "DELETE FROM {documents} WHERE key = ANY(%s) "
                "RETURNING language, title_length, body_length, tsvector_to_array(terms)"
            ),
            (list(keys),),
        )
        languages = Counter(self.index.languages)
        for language, _, _, terms in gone:
            languages[language] -= 1
            self.held.subtract(unmarked(terms))
        self.index = replace(
            self.index,
            documents=self.index.documents - len(gone),
            title_words=self.index.title_words - sum(row[1] for row in gone),
            body_words=self.index.body_words - sum(row[2] for row in gone),
            languages={language: count for language, count in languages.items() if count > 0},
        )

    def count_words(self) -> None:
        """Brings the numbers of documents per word up to date."""
        changed = sorted((term, count) for term, count in self.held.items() if count)
        self.session.run(
            self.index.about(
                "INSERT INTO {words} AS w (term, documents) SELECT * FROM unnest(%s::text[], %s::integer[]) "
                "ON CONFLICT (term) DO UPDATE SET documents = w.documents + excluded.documents"
            ),
            ([term for term, _ in changed], [count for _, count in changed]),
        )
        self.held.clear()

    def _values(self, documents: Analysed) -> Mapping[tuple[str, str], int]:
        """The numbers of all facet values of the documents."""
        wanted = sorted({pair for document, _ in documents for pair in facet_values(document)})
        names, values = [name for name, _ in wanted], [value for _, value in wanted]
        self.session.run(
            self.index.about(
                "INSERT INTO {values} (name, value) SELECT w.name, w.value "
                "FROM unnest(%s::text[], %s::text[]) w (name, value) "
                "WHERE NOT EXISTS (SELECT FROM {values} v WHERE v.name = w.name AND v.value = w.value)"
            ),
            (names, values),
        )
        rows = self.session.rows(
            self.index.about(
                "SELECT name, value, id FROM {values} WHERE (name, value) IN "
                "(SELECT * FROM unnest(%s::text[], %s::text[]))"
            ),
            (names, values),
        )
        return {(name, value): number for name, value, number in rows}

    def _copy(self, documents: Analysed, values: Mapping[tuple[str, str], int]) -> None:
        statement = self.index.about(
            "COPY {documents} (key, version, subject, audience, language, updated, uses, standing, "
            "title_length, body_length, facets, title, title_words, title_terms, terms) FROM STDIN"
        )
        statistics = self.index.statistics
        with self.session.connection.cursor().copy(statement) as copy:
            for document, content in documents:
                copy.write_row(_row(document, content, values, statistics))


def facet_values(document: Document) -> Iterable[tuple[str, str]]:
    """The facets of a document as (name, value), each once."""
    return dict.fromkeys(
        (storable(name), storable(value)) for name, values in document.facets.items() for value in values
    )


def _row(
    document: Document, content: Content, values: Mapping[tuple[str, str], int], statistics: Statistics
) -> tuple[object, ...]:
    return (
        storable(document.key),
        document.version,
        storable(document.subject),
        storable(document.audience),
        storable(document.language),
        document.updated.astimezone(UTC),
        max(-_LARGEST, min(_LARGEST, document.uses)),
        document.standing,
        content.title.length,
        content.body.length,
        [values[pair] for pair in facet_values(document)],
        storable(document.title),
        words_vector(word[:_LONGEST] for word in title_words(document.title)),
        title_vector(content),
        vector(content, statistics),
    )
