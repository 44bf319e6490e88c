"""What the worker does for imports: the steps that were asked for, and clearing up by the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from network.core.clock import now
from network.core.db import db
from network.core.outbox import Message
from network.core.transaction import transaction
from network.library.incoming import actions
from network.library.incoming.files import forget, older_than
from network.library.incoming.models import FAILED, READING, READY, RUNNING
from network.library.incoming.queries import folders_in_use, job, untouched

KEPT_FOR = timedelta(days=1)
STUCK = timedelta(hours=1)


def step(messages: Sequence[Message]) -> None:
    """The next step of each import."""
    # The readers of Word and HTML are heavy; a web process without the worker does without them.
    from network.library.incoming.bringing import bring_in
    from network.library.incoming.reading import read

    for message in messages:
        found = job(message.payload["job_id"])
        db.session.rollback()
        if found is not None and found.state == READING:
            read(found)
        elif found is not None and found.state == RUNNING:
            bring_in(found)


def sweep() -> None:
    """Forget what was uploaded and left for a day, and go on with what has stood still for an hour."""
    left = untouched((READING, READY, FAILED), now() - KEPT_FOR)
    stuck = untouched((READING, RUNNING), now() - STUCK)
    db.session.rollback()
    with transaction():
        for found in untouched((RUNNING,), now() - KEPT_FOR):
            actions.fail(found.id, "It could not be finished. Upload what is missing again.")
        for found in left:
            actions.discard(job_id=found.id)
        for found in stuck:
            if found not in left:
                actions.go_on(found.id)
    in_use = folders_in_use()
    db.session.rollback()
    for name in older_than((now() - KEPT_FOR).timestamp()):
        if name not in in_use:
            forget(name)
    for found in left:
        forget(found.folder)
