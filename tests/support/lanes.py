"""Which tests stay together in one process of a run: those that need the running site and a browser.

Both take a quarter of a minute to start. One process has them for looking at every page, one for all other journeys;
these begin first, and everything else goes one by one to whoever is free. xdist's own groups do not hold with pytest
9.2, whose names of tests cannot be changed (its issue 1386).
"""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

JOURNEYS = "tests/journeys/"
LOOKING = (f"{JOURNEYS}test_accessibility.py", f"{JOURNEYS}test_first_view.py")


class Lanes(LoadScopeScheduling):  # type: ignore[misc]
    """Journeys in two lanes, every other test by itself."""

    def _split_scope(self, nodeid: str) -> str:
        return lane(nodeid)


def lane(test: str) -> str:
    """What a test stays together with."""
    if test.startswith(LOOKING):
        return "pages"
    return "journeys" if test.startswith(JOURNEYS) else test
