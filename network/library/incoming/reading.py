"""The worker's first step: have what was sent read, and compare it with what the member brought in before."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import structlog

from network.core.db import db
from network.core.transaction import transaction
from network.library.incoming import actions
from network.library.incoming.files import folder_of, forget, forget_sent, list_of
from network.library.incoming.models import CHANGED, NEW, PUBLISHED, REFUSED, SAME
from network.library.incoming.queries import Before, Job, earlier
from network.library.models import KINDS

# Shorter than the time for which the worker holds a row of the outbox.
SECONDS = 100
TOO_MUCH = "Reading these files took too much time or memory. Import them in parts, the largest by themselves."
NOTHING = "There is nothing in it that could become a guide."
_ROOT = Path(__file__).resolve().parents[3]

log = structlog.get_logger()


def read(job: Job) -> None:
    """Read the files of an import, or say why they cannot be read. Doing it again does no harm."""
    found = list_of(job.folder) or _read_apart(job.folder)
    problem = TOO_MUCH if found is None else str(found.get("problem", ""))
    items = [] if found is None or problem else _items(found, job.person_id)
    if not problem and not items:
        problem = NOTHING
    db.session.rollback()
    with transaction():
        if problem:
            actions.fail(job.id, problem)
        else:
            actions.set_read(job.id, items)
    (forget if problem else forget_sent)(job.folder)


def _read_apart(folder: str) -> dict[str, Any] | None:
    """What the separate process found; None when it ran out of time or memory, or failed.

    It is started afresh, never forked from this one, and gets none of this one's environment.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-m", "network.library.incoming.apart"],
            input=str(folder_of(folder)).encode(),
            capture_output=True,
            timeout=SECONDS,
            cwd=_ROOT,
            env={"PATH": os.defpath, "PYTHONUTF8": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    if done.returncode != 0:
        log.warning("an import could not be read", code=done.returncode, error=done.stderr[-2000:].decode())
        return None
    return list_of(folder)


def _items(found: Mapping[str, Any], person_id: int) -> list[dict[str, Any]]:
    by_digest, by_path = earlier(person_id)
    documents = [_item(line, by_digest, by_path) for line in found["documents"]]
    return documents + [_refused(path, reason) for path, reason in found["refused"]]


def _item(line: Mapping[str, Any], by_digest: Mapping[str, Before], by_path: Mapping[str, Before]) -> dict[str, Any]:
    same, other = by_digest.get(line["digest"]), by_path.get(line["path"])
    standing, before = NEW, None
    if same is not None:
        standing, before = (PUBLISHED if same.standing == PUBLISHED else SAME), same
    elif other is not None:
        standing, before = other.standing or CHANGED, other
    return {
        **_EMPTY,
        **line,
        "path": line["path"][:500],
        "title": line["title"][:150],
        "kind": line["kind"] if line["kind"] in KINDS else "guide",
        "standing": standing,
        "before_id": before.guide_id if before else None,
    }


_EMPTY: Mapping[str, Any] = {
    "title": "", "kind": "", "words": 0, "pictures": 0, "digest": "", "remarks": [], "standing": NEW, "reason": "",
    "before_id": None,
}  # fmt: skip


def _refused(path: str, reason: str) -> dict[str, Any]:
    return {**_EMPTY, "path": path[:500], "standing": REFUSED, "reason": reason[:300]}
