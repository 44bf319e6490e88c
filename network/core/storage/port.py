"""What every place for files promises. The rest of the network knows no more of disks and buckets than this."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Protocol

NAME = re.compile(r"[0-9a-f]{32}\.[a-z0-9]{2,5}\Z")
APART = "quarantine"


class StoreAway(Exception):
    """The place for files does not answer, or is full. Nothing was changed; the same may work in a minute."""


class Storage(Protocol):
    """Files with names like `3f…e1.webp`. A name that `put` cannot have given raises ValueError everywhere.

    All methods may raise StoreAway.
    """

    def put(self, data: bytes, suffix: str) -> str:
        """Store the bytes and return their new name. They are kept when this returns."""

    def source(self, name: str) -> Path | IO[bytes] | None:
        """What to send to somebody who may have the file: a path of this machine, or a stream; None when it is gone."""

    def read(self, name: str) -> bytes | None:
        """The whole file, or None when it is gone."""

    def remove(self, name: str) -> None:
        """Take the file away; one that is gone already is no error."""

    def set_apart(self, name: str) -> None:
        """Move the file to where nothing is ever served from. One that is there already is no error."""

    def older_than(self, moment: datetime, *, apart: bool = False) -> Iterator[str]:
        """Names of files stored, or set apart, before the moment."""

    def remove_apart(self, name: str) -> None:
        """Take away a file that was set apart."""

    def check(self) -> None:
        """Raises StoreAway when files cannot be read and written at the moment."""


def new_name(suffix: str) -> str:
    """128 random bits and the ending."""
    return checked(f"{secrets.token_hex(16)}.{suffix}")


def checked(name: str) -> str:
    """The name itself, if it can be one."""
    if not NAME.match(name):
        raise ValueError(f"not a stored name: {name!r}")
    return name
