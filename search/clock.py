"""How long a search may work: an engine in our own process asks this between its steps."""

from __future__ import annotations

import time


class Clock:
    """Tells when a search has worked too long. Once late, it stays late.

    What counts is the processor time of the thread that searches. A search that only waited for its turn on a busy
    computer is slower and still whole; counted by the time on the wall it would now and then find nothing.
    """

    def __init__(self, seconds: float) -> None:
        self._end = time.thread_time() + seconds
        self.late = False

    def check(self) -> bool:
        """Whether time has run out."""
        self.late = self.late or time.thread_time() > self._end
        return self.late
