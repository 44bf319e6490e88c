"""Two minutes before a shared computer signs out, a page says so and offers to stay.

Without JavaScript only the browser's own Refresh can bring that page, and it would throw away what is half written. So
pages that hold a form are left alone: the ribbon names the time, and what is sent too late is kept (keeping.py). With
JavaScript the text is first kept in the same place (static/src/scripts/idle.js).

It is a header and not an element of the page, because it depends on what the finished page holds.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, g, request

from network.accounts import sessions
from network.core.web.addresses import safe_next
from network.core.web.templating import clock_time, local

WARN_BEFORE = 120
# Forms that people write in switch off the browser's own checks, because ours are clearer.
WRITTEN_IN = re.compile(r"<form\b[^>]* novalidate|<textarea\b")


@dataclass(frozen=True)
class SharedComputer:
    """Shown in the ribbon on every page while it is on, and read there by the script.

    `until` is a time of day, `warn_in` and `warn_every` are seconds; `unsent` when the page was answered with what
    somebody typed before, so that it is lost even if they touch nothing more.
    """

    until: str
    warn_in: int
    warn_every: int
    unsent: bool


def add_idle(app: Flask) -> None:
    """Templates get `shared_computer`; a page of a shared computer that is only read turns into the warning."""

    @app.context_processor
    def shared() -> dict[str, Any]:
        return {"shared_computer": _ribbon() if g.get("keep_nothing_here") else None}

    @app.after_request
    def warn(response: Response) -> Response:
        wanted = g.get("keep_nothing_here") and request.method == "GET" and "Refresh" not in response.headers
        if wanted and response.mimetype == "text/html" and not WRITTEN_IN.search(response.get_data(as_text=True)):
            response.headers["Refresh"] = f"{_warn_in()}; url={warning_address(request.full_path.rstrip('?'))}"
        return response


def warning_address(back: str) -> str:
    """The page that warns, and leads back to where the person was."""
    return f"/idle?next={quote(safe_next(back), safe='/')}"


def signs_out_at(moment: int) -> str:
    """The time of day at which an idle session ends, never too late by the seconds left out."""
    return clock_time(local(datetime.fromtimestamp(moment, UTC)))


def seconds_left() -> int:
    """Until an idle session of a shared computer ends; at least one."""
    return max(1, (sessions.ends_at() or 0) - int(time.time()))


def _warn_in() -> int:
    return max(1, seconds_left() - WARN_BEFORE)


def _ribbon() -> SharedComputer:
    return SharedComputer(
        until=signs_out_at(sessions.ends_at() or 0),
        warn_in=_warn_in(),
        warn_every=max(1, sessions.IDLE_SECONDS - WARN_BEFORE),
        unsent=request.method == "POST" or "typed_before" in g,
    )
