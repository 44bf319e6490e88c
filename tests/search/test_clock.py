"""Only work makes a search late."""

from __future__ import annotations

import time

from search.clock import Clock


def test_waiting_is_no_work() -> None:
    clock = Clock(0.05)
    time.sleep(0.1)
    assert not clock.check()


def test_work_beyond_the_limit_is_late_and_stays_late() -> None:
    clock = Clock(0.01)
    end = time.thread_time() + 0.02
    while time.thread_time() < end:
        pass
    assert clock.check()
    assert clock.late
