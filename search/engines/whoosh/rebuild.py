"""Fills a new index beside the one in use."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.writing import SegmentWriter

from search.contract import Document, EngineBusy, EngineError
from search.documents import latest_only
from search.engines.directory import Home
from search.engines.whoosh import writing
from search.engines.whoosh.failures import reading
from search.engines.whoosh.snapshot import INDEX_NAME

# How long a switch waits for a commit into the old index to end.
_SWITCH_SECONDS = 30.0


class NewIndex:
    """The index being filled. Everything is one commit, unless a key comes twice."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stack = ExitStack()
        self._keys: set[str] = set()
        writing.create(path)
        self._writer: SegmentWriter = self._stack.enter_context(writing.writer(path))

    def put(self, documents: Sequence[Document]) -> None:
        """Adds the documents, each replacing what stood under its key."""
        latest = latest_only(documents)
        again = [document.key for document in latest if document.key in self._keys]
        if again:
            # A writer cannot delete what it has not committed yet.
            self._stack.close()
            self._writer = self._stack.enter_context(writing.writer(self.path))
            writing.delete(self._writer, again)
        writing.add(self._writer, latest)
        self._keys.update(document.key for document in latest)

    def finish(self) -> None:
        """Commits."""
        self._stack.close()

    def give_up(self, error: BaseException) -> None:
        """Takes back what is not committed and deletes the files."""
        self._stack.__exit__(type(error), error, error.__traceback__)
        shutil.rmtree(self.path, ignore_errors=True)


@contextmanager
def switching(home: Home) -> Iterator[None]:
    """What stands around the switch to a new index."""
    with _no_writer(home), reading("switching to the new index"):
        yield


@contextmanager
def _no_writer(home: Home) -> Iterator[None]:
    """Keeps writers out of the index in use, so that none commits into it after the switch."""
    try:
        current = home.current()
    except EngineError:
        current = None
    if current is None or not home.path_of(current).is_dir():
        yield
        return
    lock = FileStorage(str(home.path_of(current))).lock(f"{INDEX_NAME}_WRITELOCK")
    end = time.monotonic() + _SWITCH_SECONDS
    while not lock.acquire():
        if time.monotonic() > end:
            raise EngineBusy("the search index in use is being written; the new one was not switched to")
        time.sleep(0.05)
    try:
        yield
    finally:
        lock.release()
