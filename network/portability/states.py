"""How far a guide can be trusted, for programs: the same facts in feeds and in the front matter of its Markdown."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from network.core.web.addresses import absolute
from network.library.checks import check_state, today

SUPERSEDED, FLAGGED = "superseded", "flagged"


def state_of(*, checked_at: datetime | None, check_due: date | None, flagged: bool, superseded: bool) -> str:
    """One word: "superseded" before "flagged" before what the dates say today, as on the guide's page."""
    if superseded:
        return SUPERSEDED
    return FLAGGED if flagged else check_state(checked_at, check_due, today())


def states(row: Any, successor: str | None) -> dict[str, Any]:
    """The facts of a row with the columns of a guide; what is not known is left out.

    `successor` is the slug of the guide that replaces it, as far as whoever reads this may know it.
    """
    said = {
        "state": state_of(
            checked_at=row.checked_at,
            check_due=row.check_due,
            flagged=row.flagged_at is not None,
            superseded=row.superseded_by_id is not None,
        ),
        "checked": row.checked_at.isoformat(timespec="seconds") if row.checked_at else None,
        "check_due": row.check_due.isoformat() if row.check_due else None,
        "flagged": row.flagged_at.isoformat(timespec="seconds") if row.flagged_at else None,
        "used_by": row.use_count,
        "superseded_by": absolute(f"/library/{successor}") if successor else None,
    }
    return {name: value for name, value in said.items() if value is not None}
