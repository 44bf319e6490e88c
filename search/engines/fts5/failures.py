"""Turns whatever a damaged or held file raises into the exceptions of the contract."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from search.contract import EngineBusy, EngineError

log = logging.getLogger(__name__)


@contextmanager
def reading(what: str) -> Iterator[None]:
    """Guards work on the index file.

    Overwritten rows come back as anything, so this catches what decoding and using them
    may raise as well, and only such work may stand inside.
    """
    try:
        yield
    except EngineError:
        raise
    except Exception as error:
        if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
            raise EngineBusy("another writer holds the search index") from error
        log.warning("search index unusable while %s: %s: %s", what, type(error).__name__, error)
        raise EngineError(f"the search index cannot be used ({what}: {type(error).__name__})") from error
