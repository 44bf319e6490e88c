"""What attachments add to the application."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import structlog
from flask import Flask, render_template

from network.attachments.actions import sweep
from network.attachments.checking import follow, look_again, scanner
from network.attachments.events import FileWaiting
from network.attachments.scanner import ScannerAway
from network.attachments.views import area
from network.core import schedule
from network.core.db import db
from network.core.events import Consumer, subscribe
from network.core.health import Check, add_check
from network.core.storage.choosing import storage
from network.core.storage.port import StoreAway

log = structlog.get_logger()

SECONDS_BELIEVED = 15.0


def add(app: Flask) -> None:
    """The address of files, the look of the virus scanner, and the sweep for files that nobody names any more."""
    app.register_blueprint(area)
    app.register_error_handler(StoreAway, _files_away)
    schedule.every(app, timedelta(days=1), "sweep-files", _sweep)
    add_check(app, "files", _believed(_files))
    subscribe(app, Consumer("attachments.scan", follow, on=(FileWaiting,)))
    schedule.every(app, timedelta(minutes=1), "scan-waiting-files", look_again)
    if app.config["VIRUS_SCANNER"]:
        add_check(app, "scanner", _believed(_scanner))


def _files_away(error: StoreAway) -> Any:
    db.session.rollback()
    log.error("the place for files does not answer", error=str(error))
    return render_template("errors/files_away.html"), 503, {"Retry-After": "60"}


def _sweep() -> None:
    sweep()


def _files() -> dict[str, Any]:
    try:
        storage().check()
    except StoreAway:
        return {"ok": False}
    return {"ok": True}


def _scanner() -> dict[str, Any]:
    asked = scanner()
    try:
        if asked is not None:
            asked.ping()
    except ScannerAway:
        return {"ok": False}
    return {"ok": True}


def _believed(check: Check) -> Check:
    """The check with its last answer believed for a while: everybody may look, and each look goes over the wire."""
    kept: list[tuple[float, dict[str, Any]]] = []
    forget: Callable[[], None] = kept.clear

    def answer() -> dict[str, Any]:
        if not kept or time.monotonic() - kept[0][0] > SECONDS_BELIEVED:
            found = (time.monotonic(), check())
            forget()
            kept.append(found)
        return kept[0][1]

    return answer
