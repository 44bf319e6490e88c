"""Files on the local disk: written whole or not at all, under random names, in folders the web server never serves."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

NAME = re.compile(r"[0-9a-f]{32}\.[a-z0-9]{2,5}\Z")


class DiskStorage:
    """A folder of files with names like `3f…e1.webp`, spread over 256 folders."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, data: bytes, suffix: str) -> str:
        """Store the bytes and return their new name. They are on disk when this returns."""
        name = f"{secrets.token_hex(16)}.{suffix}"
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        half_written = path.with_suffix(".part")
        with open(half_written, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        half_written.rename(path)
        return name

    def path(self, name: str) -> Path:
        """Where a stored file lies. Raises ValueError for a name that `put` cannot have given."""
        if not NAME.match(name):
            raise ValueError(f"not a stored name: {name!r}")
        return self.folder / name[:2] / name

    def remove(self, name: str) -> None:
        """Take the file away; one that is gone already is no error."""
        self.path(name).unlink(missing_ok=True)
