"""The job that looks whether links outside still lead somewhere: a few at a time, and only where that is wanted.

Only addresses in published guides that everybody may read are asked: others would learn from the question what a
closed group reads. One host is asked at most once a round and HOST_AN_HOUR times an hour.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import func, select

from network.core.clock import now
from network.core.db import db
from network.core.transaction import transaction
from network.library.linking.faults import recount_faults
from network.library.models import Guide
from network.library.outside.asking import Answer, Asking, ask, on_the_internet
from network.library.outside.models import OutsideAddress, OutsideLink
from network.subjects.visibility import in_public_group

EVERY = timedelta(minutes=1)
A_ROUND = 5
SECONDS_A_ROUND = 10.0
HOST_AN_HOUR = 10
FAILURES = 3
DAYS_FAILING = timedelta(days=3)
AGAIN = {
    "fine": timedelta(days=30),
    "moved": timedelta(days=30),
    "unclear": timedelta(days=60),
    "refused": timedelta(days=60),
    "failing": timedelta(days=1),
    "broken": timedelta(days=7),
}


def check_some() -> None:
    """Scheduled: ask the few that have waited longest. Does nothing where CHECK_OUTSIDE_LINKS is no."""
    if not current_app.config["CHECK_OUTSIDE_LINKS"]:
        return
    end = time.monotonic() + SECONDS_A_ROUND
    for row_id, address in _due():
        if time.monotonic() > end:
            break
        keep_answer(row_id, ask(address, asking()))


def asking() -> Asking:
    """How this network asks. Only a test puts another in its place, so that it can talk to its own machine."""
    found: Asking | None = current_app.extensions.get("library.outside.asking")
    return found or Asking(f"CommonPractice-LinkCheck (+{current_app.config['BASE_URL']})", on_the_internet)


def keep_answer(address_id: int, answer: Answer) -> None:
    """Write down what asking gave. A failure becomes "broken" when it is the third and three days have passed."""
    with transaction() as session:
        row = session.get(OutsideAddress, address_id, with_for_update=True)
        if row is None:
            return
        moment, before = now(), row.state
        row.checked_at, row.said, row.moved_to = moment, answer.said, answer.moved_to[:1000]
        if answer.state == "failing":
            _fail(row, moment)
        else:
            row.state, row.failures, row.failing_since = answer.state, 0, None
        row.next_at = moment + AGAIN[row.state]
        turned = "broken" in (before, row.state) and before != row.state
    if turned:
        recount_faults(
            db.session.scalars(select(OutsideLink.guide_id).where(OutsideLink.address_id == address_id)).all()
        )


def _fail(row: OutsideAddress, moment: datetime) -> None:
    row.failures += 1
    row.failing_since = row.failing_since or moment
    lasts = row.failures >= FAILURES and moment - row.failing_since >= DAYS_FAILING
    row.state = "broken" if lasts else "failing"


def _due() -> list[tuple[int, str]]:
    """Those whose time has come, one of each host, without hosts that were asked often in the last hour."""
    moment = now()
    asked = (
        select(OutsideAddress.host)
        .where(OutsideAddress.checked_at > moment - timedelta(hours=1))
        .group_by(OutsideAddress.host)
        .having(func.count() >= HOST_AN_HOUR)
    )
    public = (
        select(OutsideLink.address_id)
        .join(Guide, Guide.id == OutsideLink.guide_id)
        .where(Guide.state == "published", in_public_group(Guide.group_id))
    )
    first = (
        select(func.min(OutsideAddress.id))
        .where(OutsideAddress.next_at <= moment, OutsideAddress.host.not_in(asked), OutsideAddress.id.in_(public))
        .group_by(OutsideAddress.host)
    )
    rows = db.session.execute(
        select(OutsideAddress.id, OutsideAddress.address)
        .where(OutsideAddress.id.in_(first))
        .order_by(OutsideAddress.next_at, OutsideAddress.id)
        .limit(A_ROUND)
    ).all()
    db.session.rollback()
    return [(row.id, row.address) for row in rows]
