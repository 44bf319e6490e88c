"""Noting a search: into memory while it is answered, into the table a few seconds later.

A search must not wait for the log, so nothing is written while it is answered. What has gathered is written in one
transaction by a timer of the same process. A crash loses those seconds; nothing that was acknowledged depends on
them. What was searched before is taken from the address of the page that the browser came from, if the session did
search for that: an address can be made up.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import parse_qs, urlsplit

import structlog
from flask import Flask, current_app, request
from sqlalchemy import insert

from network.core.clock import now
from network.core.db import db
from network.core.transaction import transaction
from network.core.web.addresses import safe_next
from network.discovery.log.keeping import loggable, only_public
from network.discovery.log.models import SearchLogRow
from network.discovery.log.sessions import Sessions
from network.subjects.viewer import Viewer

WRITE_AFTER = 3.0
MOST_WAITING = 1_000
BANDS = (101, 11, 1)
LONGEST_ADDRESS = 2_000

log = structlog.get_logger()


@dataclass(frozen=True)
class _Noted:
    """A search that waits to be written. The audiences are for the check alone and go nowhere."""

    hour: datetime
    text: str
    failed: bool
    found: int
    before: str | None
    audiences: frozenset[str]


@dataclass
class _Waiting:
    """What one process has noted and not yet written."""

    sessions: Sessions = field(default_factory=Sessions)
    lock: threading.Lock = field(default_factory=threading.Lock)
    noted: list[_Noted] = field(default_factory=list)
    timer: threading.Timer | None = None


def note(viewer: Viewer, text: str, *, failed: bool, found: int) -> None:
    """Note that this request searched for a text; a repeat within the session and what may not be kept are passed."""
    plain, who = loggable(text), _who(viewer)
    waiting = _waiting()
    if not plain or not waiting.sessions.is_new(who, plain):
        return
    before = _before(waiting.sessions, who)
    one = _Noted(
        hour=this_hour(),
        text=plain,
        failed=failed,
        found=next((band for band in BANDS if found >= band), 0),
        before=before if before != plain else None,
        audiences=viewer.audiences,
    )
    with waiting.lock:
        if len(waiting.noted) < MOST_WAITING:
            waiting.noted.append(one)
        if waiting.timer is None and not current_app.testing:
            waiting.timer = _timer(current_app._get_current_object())  # type: ignore[attr-defined]


def write() -> int:
    """Write what waits, in one transaction; returns how many rows."""
    waiting = _waiting()
    with waiting.lock:
        noted, waiting.noted, waiting.timer = waiting.noted, [], None
    rows = _rows(noted)
    if rows:
        with transaction() as session:
            session.execute(insert(SearchLogRow), rows)
    return len(rows)


def this_hour() -> datetime:
    """The hour it is: times in the log are no finer."""
    return now().replace(minute=0, second=0, microsecond=0)


def _rows(noted: Sequence[_Noted]) -> list[dict[str, Any]]:
    together: dict[frozenset[str], list[_Noted]] = defaultdict(list)
    for one in noted:
        together[one.audiences].append(one)
    rows = []
    for audiences, ones in together.items():
        kept = only_public({text for one in ones for text in (one.text, one.before) if text}, audiences)
        rows += [
            {
                "hour": one.hour,
                "text": one.text,
                "failed": one.failed,
                "found": one.found,
                "before": one.before if one.before in kept else None,
            }
            for one in ones
            if one.text in kept
        ]
    # In the order of their texts: the order of rows does not tell who searched for two things in a row.
    return sorted(rows, key=lambda row: row["text"])


def _timer(app: Flask) -> threading.Timer:
    timer = threading.Timer(WRITE_AFTER, _write_later, (app,))
    timer.daemon = True
    timer.start()
    return timer


def _write_later(app: Flask) -> None:
    with app.app_context():
        try:
            write()
        except Exception:  # The log is not worth more than a line in another one.
            db.session.rollback()
            log.error("searches were not logged", exc_info=True)


def _who(viewer: Viewer) -> str:
    if viewer.account_id is not None:
        return f"account {viewer.account_id}"
    return f"visitor {_connection(request.remote_addr or '')}"


def _connection(address: str) -> str:
    """The address of a visitor, and nothing that they could choose: of IPv6 the half that their provider gave them."""
    try:
        number = ip_address(address)
    except ValueError:
        return address
    if number.version == 4 or number.ipv4_mapped:
        return address
    return str(ip_network((int(number), 64), strict=False))


def _before(sessions: Sessions, who: str) -> str | None:
    """The text of the search whose page led here, as far as the browser tells and this session did search for it."""
    address = urlsplit(safe_next(request.referrer, ""))
    if address.path != "/search":
        return None
    typed = parse_qs(address.query[:LONGEST_ADDRESS]).get("q", [""])[0]
    before = loggable(" ".join(typed.split()))
    return before if before and sessions.holds(who, before) else None


def _waiting() -> _Waiting:
    found: _Waiting = current_app.extensions.setdefault("search_log", _Waiting())
    return found
