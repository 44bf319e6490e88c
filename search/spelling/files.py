"""Keeps a dictionary in a file that all processes read and one replaces."""

from __future__ import annotations

import logging
import mmap
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from search.spelling.dictionary import Dictionary
from search.spelling.lists import DamagedError, Lists, pack

log = logging.getLogger(__name__)


def save(path: Path, frequencies: Mapping[str, int]) -> None:
    """Writes a dictionary of these words in place of the one before. Raises OSError where it cannot.

    Who has the one before open goes on reading it.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(pack(frequencies))
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def load(path: Path) -> Dictionary:
    """The dictionary in a file; an empty one, which corrects nothing, where it is missing or damaged."""
    try:
        with path.open("rb") as file:
            return Dictionary(Lists(memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))))
    except FileNotFoundError:
        pass
    except (OSError, ValueError, DamagedError) as error:
        log.warning("spelling dictionary unusable: %s: %s", type(error).__name__, error)
    return Dictionary.of({})
