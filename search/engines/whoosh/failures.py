"""Turns whatever a damaged index raises into the one exception of the contract."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from whoosh.index import LockError

from search.contract import EngineBusy, EngineError

log = logging.getLogger(__name__)


@contextmanager
def reading(what: str) -> Iterator[None]:
    """Guards work on index files.

    Damaged files make Whoosh raise nearly anything: EOFError, struct.error, zlib.error,
    UnpicklingError, plain Exception. So this catches all of it, and only file work may
    stand inside.
    """
    try:
        yield
    except EngineError:
        raise
    except LockError as error:
        raise EngineBusy("another writer holds the search index") from error
    except Exception as error:
        log.warning("search index unusable while %s: %s: %s", what, type(error).__name__, error)
        raise EngineError(f"the search index cannot be used ({what}: {type(error).__name__})") from error
