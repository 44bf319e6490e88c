"""What work costs, of the processor and not by the clock, on a machine that may be slow or busy today.

What grows with its input must not grow with the square of it: twice as much text, twice the time. And a limit in
seconds means those of the machine that it was set on.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

TOO_LITTLE = 0.2
"""Seconds below which a busy machine cannot tell the two apart; what costs its square is far above."""
STEPS, STANDARD = 300_000, 0.018
"""How often a loop goes round to see how fast a machine is, and the seconds which that takes where limits are set."""


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


@contextmanager
def costs_at_most(seconds: float) -> Iterator[None]:
    """Fail when what is done inside costs more; a machine that is half as fast has twice the time."""
    slow, started = slowness(), time.process_time()
    yield
    spent = time.process_time() - started
    assert spent < seconds * max(slow, slowness()), f"it took {spent:.2f} seconds"


def slowness() -> float:
    """How many times longer than where the limits were set anything takes just now; never less than once."""
    return max(1.0, min(_seconds(_go_round, STEPS) for _ in range(3)) / STANDARD)


def _go_round(times: int) -> None:
    total = 0
    for number in range(times):
        total += number
