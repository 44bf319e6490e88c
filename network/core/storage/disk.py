"""Files on the local disk: written whole or not at all, under random names, in folders the web server never serves."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from network.core.storage.port import APART, NAME, StoreAway, checked, new_name


class DiskStorage:
    """A folder of files with names like `3f…e1.webp`, spread over 256 folders."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, data: bytes, suffix: str) -> str:
        """Store the bytes and return their new name. They are on disk when this returns."""
        name = new_name(suffix)
        path = self.path(name)
        half_written = path.with_suffix(".part")
        with _disk():
            try:
                path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                with open(half_written, "wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                half_written.rename(path)
            except OSError:
                half_written.unlink(missing_ok=True)  # A full disk is not filled further by halves.
                raise
        return name

    def path(self, name: str) -> Path:
        """Where a stored file lies. Raises ValueError for a name that `put` cannot have given."""
        return self.folder / name[:2] / checked(name)

    def source(self, name: str) -> Path | None:
        """The path, or None when the file is gone."""
        path = self.path(name)
        return path if path.is_file() else None

    def read(self, name: str) -> bytes | None:
        """The whole file, or None when it is gone."""
        with _disk():
            try:
                return self.path(name).read_bytes()
            except FileNotFoundError:
                return None

    def remove(self, name: str) -> None:
        """Take the file away; one that is gone already is no error."""
        with _disk():
            self.path(name).unlink(missing_ok=True)

    def set_apart(self, name: str) -> None:
        """Move the file out of the folders that are served from."""
        path = self.path(name)
        with _disk():
            self._apart.mkdir(parents=True, exist_ok=True, mode=0o700)
            if path.exists():
                path.rename(self._apart / name)
                (self._apart / name).chmod(0o400)

    def older_than(self, moment: datetime, *, apart: bool = False) -> Iterator[str]:
        """Names of files stored, or set apart, before the moment; halves of interrupted writes among them."""
        found = self._apart.glob("*") if apart else self.folder.glob("[0-9a-f][0-9a-f]/*")
        for path in found:
            if path.stat().st_mtime < moment.timestamp():
                if NAME.match(path.name):
                    yield path.name
                elif path.suffix == ".part":
                    path.unlink(missing_ok=True)

    def remove_apart(self, name: str) -> None:
        """Take away a file that was set apart."""
        (self._apart / checked(name)).unlink(missing_ok=True)

    def check(self) -> None:
        """Raises StoreAway when the folder cannot be written."""
        with _disk():
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not os.access(self.folder, os.W_OK):
            raise StoreAway(f"{self.folder} cannot be written")

    @property
    def _apart(self) -> Path:
        return self.folder / APART


@contextmanager
def _disk() -> Iterator[None]:
    """A disk that is full or away is told in the words of the port."""
    try:
        yield
    except OSError as error:
        raise StoreAway(str(error)) from error
