"""Writes documents into one Whoosh index, one commit at a time."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.reading import TermNotFound
from whoosh.writing import SegmentWriter

from search.content import content_of
from search.contract import Document
from search.engines.whoosh.codec import Codec
from search.engines.whoosh.failures import reading
from search.engines.whoosh.schema import KEY, fields_of, schema
from search.engines.whoosh.snapshot import INDEX_NAME

log = logging.getLogger(__name__)

# Postings are sorted in memory up to this size, then on disk. More makes bulk work
# little faster and the process much larger.
_MEMORY_MB = 24


def create(path: Path) -> None:
    """Makes an empty index in an empty folder."""
    with reading("creating the index"):
        FileIndex.create(FileStorage(str(path)), schema(), INDEX_NAME)


@contextmanager
def writer(path: Path) -> Iterator[SegmentWriter]:
    """The one writer of an index; commits at the end, or takes everything back on an error.

    Raises EngineBusy while another holds it.
    """
    with reading("opening the index to write"):
        # One file for the whole segment would be copied into memory by every reader.
        opened = FileIndex(FileStorage(str(path)), indexname=INDEX_NAME).writer(
            limitmb=_MEMORY_MB, codec=Codec(), compound=False
        )
    try:
        yield opened
        with reading("committing"):
            opened.commit()
    except BaseException:
        _take_back(opened)
        raise


def _take_back(opened: SegmentWriter) -> None:
    """Cancels without hiding the error that led here, and frees the lock whatever happens."""
    try:
        opened.cancel()
    except Exception as error:  # A broken writer may raise anything; the first error is the one to tell.
        log.warning("search writer could not be cancelled: %s: %s", type(error).__name__, error)
        if opened.writelock is not None:
            opened.writelock.release()


def add(opened: SegmentWriter, documents: Iterable[Document]) -> None:
    """Adds documents whose keys are not in the index."""
    for document in documents:
        fields = fields_of(document, content_of(document))
        with reading("writing a document"):
            opened.add_document(**fields)


def delete(opened: SegmentWriter, keys: Iterable[str]) -> None:
    """Deletes committed documents by key. One reader serves all keys: opening one is what costs."""
    if not opened.segments:
        return
    with reading("deleting documents"):
        reader = opened.reader()
        try:
            for key in keys:
                try:
                    found = list(reader.postings(KEY, key).all_ids())
                except TermNotFound:
                    continue
                for number in found:
                    opened.delete_document(number)
        finally:
            reader.close()
