"""Keeps the newest snapshot at hand and notices when a newer commit exists."""

from __future__ import annotations

import logging
import threading
import time

from search.contract import EngineError
from search.engines.directory import Home
from search.engines.whoosh.snapshot import Snapshot, generation_of, open_snapshot

log = logging.getLogger(__name__)

# Looking for a newer commit lists a folder; more often would be waste.
_CHECK_SECONDS = 1.0


class Holder:
    """Hands out the snapshot in use.

    A newer commit of another process is opened in the background, while the older
    snapshot goes on answering.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._snapshot: Snapshot | None = None
        self._opening = threading.Lock()
        self._checked = 0.0
        self._thread: threading.Thread | None = None

    def snapshot(self) -> Snapshot:
        """The snapshot to search. The first call opens it and may raise EngineError."""
        snapshot = self._snapshot
        if snapshot is None:
            return self.reload()
        now = time.monotonic()
        if now - self._checked >= _CHECK_SECONDS:
            self._checked = now
            if self._newest() != (snapshot.directory, snapshot.generation):
                self._reload_behind()
        return snapshot

    def reload(self) -> Snapshot:
        """The newest commit, opened now if it is not yet. Raises EngineError when it cannot be."""
        with self._opening:
            current = self._home.current()
            snapshot = self._snapshot
            if current is None:
                snapshot = Snapshot("", 0, {})
            elif snapshot is None or self._newest() != (snapshot.directory, snapshot.generation):
                snapshot = self._opened(snapshot)
            self._snapshot = snapshot
            self._checked = time.monotonic()
            return snapshot

    def _opened(self, previous: Snapshot | None) -> Snapshot:
        current = self._home.current()
        if current is None:
            return Snapshot("", 0, {})
        try:
            return open_snapshot(self._home.path_of(current), previous)
        except EngineError:
            # Better no answer than one from an index that is known to be gone.
            self._snapshot = None
            raise

    def _newest(self) -> tuple[str, int]:
        """Which commit is the newest, by folder and number."""
        current = self._home.current()
        if current is None:
            return "", 0
        return current.directory, generation_of(self._home.path_of(current))

    def _reload_behind(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._reload_quietly, name="search-reload", daemon=True)
            self._thread.start()

    def _reload_quietly(self) -> None:
        try:
            self.reload()
        except EngineError as error:
            # The next search meets the same error and tells its caller.
            log.warning("search index could not be reopened: %s", error)

    def close(self) -> None:
        """Lets the snapshot go. Its files close with the last search that uses it."""
        if self._thread is not None:
            self._thread.join()
        self._snapshot = None
