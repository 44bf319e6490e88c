"""Where indexes lie: one folder each, and a small file that names the one in use.

Switching is one atomic rename, so readers of every process see the old index or the new
one and nothing between. The folder is for the service's user alone: what is in it tells
of things that not everybody may read, and Whoosh keeps pickles, which can run code.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from search.contract import EngineBusy, EngineError

log = logging.getLogger(__name__)

_REBUILD_LOCK = "rebuild.lock"
_CREATE_LOCK = "create.lock"
_KEPT_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Current:
    """The index in use: its folder's name, the form it has, and whether it was filled by a rebuild."""

    directory: str
    schema: int
    filled: bool


@contextmanager
def _failing(what: str) -> Iterator[None]:
    """Turns what a missing or damaged folder raises into the one exception of the contract."""
    try:
        yield
    except (OSError, ValueError, TypeError) as error:
        log.warning("search folder unusable while %s: %s: %s", what, type(error).__name__, error)
        raise EngineError(f"the search index cannot be used ({what}: {type(error).__name__})") from error


class Filling(Protocol):
    """An index that is being filled."""

    path: Path

    def finish(self) -> None:
        """It is whole: commit it."""

    def give_up(self, error: BaseException) -> None:
        """Filling it failed: delete it."""


New = TypeVar("New", bound=Filling)


class Home:
    """The folder that holds the indexes.

    `version` is the form that today's engine writes. `current` is the file that names the index in
    use; two engines that share a folder while one takes the other's place have one each.
    """

    def __init__(self, path: Path, version: int, current: str = "current") -> None:
        self.path = path
        self.version = version
        self._current = current
        with _failing("opening the search folder"):
            path.mkdir(parents=True, exist_ok=True)
            path.chmod(0o700)

    def current(self) -> Current | None:
        """The index in use; None where there never was one."""
        try:
            text = (self.path / self._current).read_bytes()
        except FileNotFoundError:
            return None
        with _failing("reading which index is in use"):
            current = Current(**json.loads(text))
            if Path(current.directory).name != current.directory:
                raise EngineError("the search index in use lies outside its folder")
        return current

    def filled(self) -> bool:
        """Is the index in use one of today's form, and was it filled by a rebuild?"""
        try:
            current = self.current()
        except EngineError:
            return False
        return current is not None and current.filled and current.schema == self.version

    def path_of(self, current: Current) -> Path:
        """The folder of an index."""
        return self.path / current.directory

    def new_directory(self) -> Path:
        """An empty folder for a new index of today's form."""
        stamp = time.strftime("%Y%m%dT%H%M%S", time.gmtime())
        for number in range(1, 1000):
            path = self.path / f"{self.version}-{stamp}-{number:03}"
            try:
                path.mkdir(mode=0o700)
            except FileExistsError:
                continue
            return path
        raise EngineError("no name is free for a new search index")

    def use(self, path: Path, *, filled: bool) -> None:
        """Makes this the index in use, and the one before it old from now on."""
        before = self.path / self._current
        try:
            old = self.current()
        except EngineError:
            old = None
        new = self.path / f"{self._current}.new"
        with new.open("w", encoding="utf-8") as file:
            json.dump(asdict(Current(path.name, self.version, filled)), file)
            file.flush()
            os.fsync(file.fileno())
        new.replace(before)
        if old is not None and self.path_of(old).is_dir():
            os.utime(self.path_of(old))

    def remove_old(self) -> None:
        """Deletes indexes that have not been in use for a day, those of broken-off rebuilds too."""
        current = self.current()
        for path in self.path.iterdir():
            kept = current is not None and path.name == current.directory
            if path.is_dir() and not kept and path.stat().st_mtime < time.time() - _KEPT_SECONDS:
                shutil.rmtree(path, ignore_errors=True)

    @contextmanager
    def filling(self, begin: Callable[[Path], New], switching: AbstractContextManager[object]) -> Iterator[New]:
        """A new index to fill, in use once the block has ended well; `switching` keeps writers out of the old one."""
        with self._rebuilding():
            new = begin(self.new_directory())
            try:
                yield new
                new.finish()
            except BaseException as error:
                new.give_up(error)
                raise
            with switching:
                self.use(new.path, filled=True)
            self.remove_old()

    @contextmanager
    def _rebuilding(self) -> Iterator[None]:
        """Holds the right to rebuild, among all processes. Raises EngineBusy where another holds it."""
        with (self.path / _REBUILD_LOCK).open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise EngineBusy("another rebuild of the search index is running") from error
            yield

    @contextmanager
    def creating(self) -> Iterator[None]:
        """Makes one process after the other look whether there is an index, and create the first."""
        with (self.path / _CREATE_LOCK).open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
