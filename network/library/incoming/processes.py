"""The process apart that reads an import: started, looked after, and ended when it takes too long.

The worker does not wait for it: it looks again a second later, and serves everybody else meanwhile. One worker has one
such process at a time. A process whose worker was stopped goes on and is waited for by the next one, which knows it
by the lock that it holds.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from pathlib import Path

import structlog

from network.library.incoming.agreed import ANOTHER_READS
from network.library.incoming.files import folder_of

LONGEST_SECONDS = 300
"""By the clock: on a busy machine a minute of the processor takes longer."""
_ROOT = Path(__file__).resolve().parents[3]
_running: dict[str, tuple[subprocess.Popen[bytes], float]] = {}

log = structlog.get_logger()


def at_work(folder: str) -> bool:
    """Whether an import is being read, or waits for another that is; begins it when nobody does.

    False once the process that was started here has ended.
    """
    if folder in _running:
        return _goes_on(folder)
    for other in list(_running):
        if _goes_on(other):
            return True
    if not _is_locked(folder):
        _begin(folder)
    return True


def _begin(folder: str) -> None:
    """Started afresh, never forked from this one, and with none of this one's environment."""
    process = subprocess.Popen(
        [sys.executable, "-m", "network.library.incoming.apart"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        env={"PATH": os.defpath, "PYTHONUTF8": "1"},
    )
    _running[folder] = process, time.monotonic()
    if process.stdin is not None:
        process.stdin.write(str(folder_of(folder)).encode())
        process.stdin.close()


def _goes_on(folder: str) -> bool:
    process, began = _running[folder]
    if process.poll() is None and time.monotonic() - began > LONGEST_SECONDS:
        process.kill()
        process.wait()
    if process.poll() is None:
        return True
    del _running[folder]
    if process.returncode not in (0, ANOTHER_READS):
        log.warning("an import could not be read", code=process.returncode)
    return process.returncode == ANOTHER_READS


def _is_locked(folder: str) -> bool:
    """Does a process hold the lock of this import?"""
    try:
        with open(folder_of(folder) / "lock", "rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False
