"""What was searched for in the demo network, and a decision of its moderators: their pages are worth seeing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from network.core.clock import now
from network.core.db import db
from network.core.transaction import transaction
from network.demo import files
from network.discovery.log.models import SearchFeedback, SearchLogRow
from network.discovery.pins.actions import decide
from network.discovery.pins.addresses import found_at
from network.groups.viewers import viewer_of
from network.subjects.viewer import Viewer

PINNED = "/library/moving-a-planning-register-to-open-data"


def load_searches(keeper: int, progress: Callable[[int], object]) -> None:
    """Add the log, an answer or two, and a pinned result, in one transaction."""
    viewer = viewer_of(keeper)
    with transaction():
        for row in files.rows("searches"):
            _search(row)
        _pin(viewer)
    progress(1)


def _search(row: dict[str, Any]) -> None:
    hour, text = _hour(row["days_ago"]), row["text"]
    db.session.add_all(SearchLogRow(hour=hour, text=text, failed=True, found=0) for _ in range(row["times"]))
    then = row.get("then")
    db.session.add_all(
        SearchLogRow(hour=hour, text=then, failed=True, found=0, before=text) for _ in range(row.get("then_times", 0))
    )
    if "said" in row:
        db.session.add(SearchFeedback(hour=hour, text=text, useful=row["useful"], said=row["said"]))


def _pin(viewer: Viewer) -> None:
    found = found_at(PINNED, viewer)
    if found is not None:
        decide(
            viewer=viewer,
            phrase="planning register",
            key=found[0],
            kind="first",
            reason="It covers what most people ask about registers",
            ends_at=now() + timedelta(days=91),
        )


def _hour(days_ago: float) -> datetime:
    return files.ago(days_ago).replace(minute=0, second=0, microsecond=0)
