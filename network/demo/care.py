"""What was done for the guides of the demo network beside writing them: checks, and what readers said of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import delete

from network.core.db import db
from network.core.transaction import transaction
from network.demo import files, finding
from network.groups.viewers import viewer_of
from network.library.checking.models import GuideCheck
from network.library.checks import own_period, usual_due, zone
from network.library.flags import actions
from network.library.flags.models import MENDED
from network.library.models import Guide


def keep_checks(guide: Guide, facts: dict[str, Any]) -> None:
    """The checks of a history that really took months: the first soon after publishing, and the last one.

    The guide keeps the period that lies between its last check and the next.
    """
    db.session.execute(delete(GuideCheck).where(GuideCheck.guide_id == guide.id))
    checked = facts.get("checked_days_ago")
    if checked is None:
        return
    guide.check_months = own_period(guide.kind, round((checked + facts["check_due_in_days"]) * 12 / 365))
    days = sorted({facts["published_days_ago"], checked}, reverse=True)
    for number, ago in enumerate(days):
        last = number == len(days) - 1
        db.session.add(
            GuideCheck(
                guide_id=guide.id,
                person_id=guide.author_id,
                at=files.ago(ago),
                version=guide.version if last else 1,
                facts_right=True,
                advice_right=True,
                next_due=guide.check_due
                if last
                else usual_due(guide.kind, files.ago(ago).astimezone(zone()).date(), guide.check_months),
            )
        )


def load_flags(people: dict[str, int], progress: Callable[[int], object]) -> None:
    """Say each on its day, and answer on the day of its answer."""
    for row in sorted(files.rows("flags"), key=lambda row: -row["days_ago"]):
        with transaction():
            guide_id = finding.guide_id(row["guide"])
            said = actions.flag(
                viewer=viewer_of(people[row["by"]]),
                guide_id=guide_id,
                reason=row["reason"],
                at=files.ago(row["days_ago"]),
            )
            if row.get("answer"):
                actions.answer(
                    viewer=viewer_of(people[row["answered_by"]]),
                    flag_id=said.id,
                    mended=row["answer"] == MENDED,
                    text=row["text"],
                    at=files.ago(row["answered_days_ago"]),
                )
        progress(1)
