"""The queue in front of SQLite's single writer.

SQLite lets one transaction write at a time and makes the others sleep and retry, unfairly: under eight writers some
wait past any timeout. A kernel file lock taken before BEGIN IMMEDIATE lines writers of all processes up instead.
The kernel frees it when its holder dies, so there is no stale lock. PostgreSQL needs none of this.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_threads = threading.Lock()


@contextmanager
def file_lock(path: Path) -> Iterator[None]:
    """Hold the lock at `path` while the block runs, also against other threads of this process."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def write_lock(path: Path | None) -> Iterator[None]:
    """Hold the inter-process lock at `path` while the block runs; None means that no lock is needed."""
    if path is None:
        yield
        return
    with _threads, file_lock(path):
        yield
