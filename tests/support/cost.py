"""What grows with its input, and not with the square of it: twice as much text, twice the time."""

from __future__ import annotations

import time
from collections.abc import Callable

TOO_LITTLE = 0.2
"""Seconds below which a busy machine cannot tell the two apart; what costs its square is far above."""


def grows_gently(work: Callable[[int], object], length: int) -> bool:
    """Whether twice the length costs at most three times the work, or next to nothing. Choose a length at which what
    is to be kept out takes about a second.
    """
    long = _seconds(work, 2 * length)
    return long < TOO_LITTLE or long < 3 * _seconds(work, length)


def _seconds(work: Callable[[int], object], length: int) -> float:
    started = time.process_time()
    work(length)
    return time.process_time() - started
