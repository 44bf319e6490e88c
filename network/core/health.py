"""`/health`: is the database there, does the worker work, how far is the index behind? For machines, in JSON."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask, current_app, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from network.core.clock import now
from network.core.db import db
from network.core.events import bus
from network.core.outbox import backlog
from network.core.web.access import everyone
from network.core.web.area import Area

LATE_SECONDS = 60
Check = Callable[[], dict[str, Any]]


def add_check(app: Flask, name: str, check: Check) -> None:
    """Have a feature's check in the answer; its dict has `ok` and whatever helps to understand it."""
    app.extensions.setdefault("health", {})[name] = check


def add_health(app: Flask) -> None:
    """Register the page."""
    area: Blueprint = Area("health", __name__)

    @area.get("/health", access=everyone)
    def health() -> Any:
        """200 while people can read and write; 503 when the database is away. A late worker or index is told only."""
        database = _database()
        parts: dict[str, Any] = {"database": database}
        if database["ok"]:
            parts["worker"] = _worker()
            for name, check in current_app.extensions.get("health", {}).items():
                parts[name] = check()
        answer = jsonify({"ok": all(part["ok"] for part in parts.values()), **parts})
        answer.status_code = 200 if database["ok"] else 503
        answer.headers["Cache-Control"] = "no-store"
        return answer

    app.register_blueprint(area)


def _database() -> dict[str, Any]:
    started = time.perf_counter()
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        db.session.rollback()
        return {"ok": False}
    return {"ok": True, "milliseconds": round((time.perf_counter() - started) * 1000, 1)}


def _worker() -> dict[str, Any]:
    """Healthy when nothing has waited longer than a minute. What waits is not told: everybody may look."""
    oldest = min((since for _, since in map(backlog, bus().consumers) if since), default=None)
    behind = (now() - oldest).total_seconds() if oldest else 0.0
    return {"ok": behind < LATE_SECONDS, "behind_seconds": round(behind, 1)}
