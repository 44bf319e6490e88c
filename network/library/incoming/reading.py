"""The worker's first step: have what was sent read, and compare it with what the member brought in before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from network.core.db import db
from network.core.transaction import transaction
from network.library.filing import language_kept
from network.library.incoming import actions
from network.library.incoming.files import forget, forget_sent, list_of
from network.library.incoming.forms import MOST_FILES
from network.library.incoming.models import CHANGED, NEW, PUBLISHED, REFUSED, SAME
from network.library.incoming.processes import at_work
from network.library.incoming.queries import Before, Job, earlier
from network.library.incoming.said import topics_in
from network.library.models import KINDS
from network.vocabulary.queries import TopicRow, topics_named

MOST_ITEMS = MOST_FILES + MOST_FILES // 2
"""Guides, and files that cannot become one: what the page of an import shows at most."""

LOOK_AGAIN = timedelta(seconds=1)
TOO_MUCH = "Reading these files took too much time or memory. Import them in parts, the largest by themselves."
TOO_MANY = f"There are more than {MOST_FILES:,} guides in it. Import them in parts."
NOTHING = "There is nothing in it that could become a guide."


def read(job: Job) -> None:
    """Have the files of an import read, and come back until they are; then keep the list, or why there is none.

    Doing it again does no harm.
    """
    if list_of(job.folder) is None and at_work(job.folder):
        with transaction():
            actions.go_on(job.id, LOOK_AGAIN)
        return
    found = list_of(job.folder)
    problem = TOO_MUCH if found is None else str(found.get("problem", ""))
    items = [] if found is None or problem else _items(found, job.person_id)
    if not problem and (not items or len(items) > MOST_ITEMS):
        problem = TOO_MANY if items else NOTHING
    db.session.rollback()
    with transaction():
        if problem:
            actions.fail(job.id, problem)
        else:
            actions.set_read(job.id, items)
    (forget if problem else forget_sent)(job.folder)


def _items(found: Mapping[str, Any], person_id: int) -> list[dict[str, Any]]:
    by_digest, by_path = earlier(person_id)
    named = topics_named()
    documents = [_item(line, by_digest, by_path, named) for line in found["documents"]]
    return documents + [_refused(path, reason) for path, reason in found["refused"]]


def _item(
    line: Mapping[str, Any],
    by_digest: Mapping[str, Before],
    by_path: Mapping[str, Before],
    named: Mapping[str, TopicRow],
) -> dict[str, Any]:
    same, other = by_digest.get(line["digest"]), by_path.get(line["path"])
    said = language_kept(line.get("language", "en")).remarks
    standing, before = NEW, None
    if same is not None:
        standing, before = (PUBLISHED if same.standing == PUBLISHED else SAME), same
    elif other is not None:
        standing, before = other.standing or CHANGED, other
    return {
        **_EMPTY,
        **{name: value for name, value in line.items() if name in _EMPTY},
        "path": line["path"][:500],
        "title": line["title"][:150],
        "kind": line["kind"] if line["kind"] in KINDS else "guide",
        "remarks": [*line["remarks"], *said, *topics_in(line, [], named).remarks],
        "standing": standing,
        "before_id": before.guide_id if before else None,
    }


_EMPTY: Mapping[str, Any] = {
    "path": "", "title": "", "kind": "", "words": 0, "pictures": 0, "digest": "", "remarks": [], "standing": NEW,
    "reason": "", "before_id": None,
}  # fmt: skip


def _refused(path: str, reason: str) -> dict[str, Any]:
    return {**_EMPTY, "path": path[:500], "standing": REFUSED, "reason": reason[:300]}
