"""Fills a new index beside the one in use, in one transaction: broken off, it was never there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from search.contract import Document, EngineBusy
from search.engines.postgres import schema
from search.engines.postgres.connections import Connections, MissingTable, Session
from search.engines.postgres.writing import Changes, analysed

_REBUILDING = 0x5EA4C5
# Making inverted indexes is several times faster with more than the usual.
_MEMORY = "256MB"
_SECONDS = 10.0


class NewIndex:
    """The index being filled."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.changes = Changes(session, schema.create(session, filled=True, indexed=False))

    def put(self, documents: Sequence[Document]) -> None:
        """Adds the documents, each replacing what stood under its key."""
        self.changes.put(analysed(documents))

    def finish(self) -> None:
        """Makes the inverted indexes and switches to the new index."""
        index = self.changes.index
        self.changes.count_words()
        schema.add_indices(self._session, index)
        for table in ("{documents}", "{words}", "{values}"):
            self._session.run(index.about(f"ANALYZE {table}"))
        schema.use(self._session, index)
        schema.save(self._session, index)


@contextmanager
def rebuilding(connections: Connections) -> Iterator[NewIndex]:
    """A new index to fill, in use once the block has ended well."""
    _make_room(connections)
    with connections.writing() as session:
        alone = session.row("SELECT pg_try_advisory_xact_lock(hashtext(current_schema()), %s)", (_REBUILDING,))
        if not alone or not alone[0]:
            raise EngineBusy("another rebuild of the search index is running")
        session.run(f"SET LOCAL maintenance_work_mem = '{_MEMORY}'")
        new = NewIndex(session)
        yield new
        new.finish()


def _make_room(connections: Connections) -> None:
    """Deletes what is not in use. The index that this rebuild replaces stays, for searches under way."""
    try:
        with connections.reading(_SECONDS) as session:
            schema.current(session)
    except MissingTable:
        with connections.writing() as session:
            schema.remake(session)
    with connections.writing() as session:
        schema.alone(session)
        used = schema.current(session)
        for generation in schema.generations(session):
            if used is None or generation != used.generation:
                schema.drop(session, generation)
