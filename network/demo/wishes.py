"""What people of the demo network want somebody to write."""

from __future__ import annotations

from collections.abc import Callable

from network.core.transaction import transaction
from network.demo import files
from network.discovery.wanted.actions import add_entry, want
from network.groups.viewers import viewer_of


def load_wanted(people: dict[str, int], progress: Callable[[int], object]) -> None:
    """Put each on the board as its first wanter, and let the others join day by day."""
    for row in files.rows("wanted"):
        first, *others = row["wanted_by"]
        with transaction():
            entry = add_entry(viewer=viewer_of(people[first]), words=row["words"], at=files.ago(row["days_ago"]))
            for place, handle in enumerate(others, start=1):
                days = row["days_ago"] * (1 - place / (len(others) + 1))
                want(viewer=viewer_of(people[handle]), entry_id=entry.id, at=files.ago(days))
        progress(1)
