"""What discovery adds to the application."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask

from network.core.events import Consumer, subscribe
from network.core.health import add_check
from network.core.schedule import every
from network.discovery.engine import engine
from network.discovery.indexing import BATCH, follow, heal, reconcile
from network.discovery.similar import similar
from network.discovery.spelling import words
from network.discovery.views import area
from network.subjects import finding
from network.subjects.registry import AudienceChanged, SubjectEvent


def add(app: Flask) -> None:
    """The search page, the consumer that feeds the index, its nightly reconcile and its health."""
    app.register_blueprint(area)
    subscribe(app, Consumer("index", follow, on=(SubjectEvent, AudienceChanged), batch=BATCH))
    every(app, timedelta(hours=24), "reconcile-index", _reconcile)
    every(app, timedelta(minutes=1), "heal-index", heal)
    every(app, timedelta(minutes=1), "refresh-dictionary", words.refresh)
    finding.provide(app, similar)
    add_check(app, "index", _health)


def _reconcile() -> None:
    reconcile()


def _health() -> dict[str, Any]:
    state = engine().health()
    return {"ok": state.ok}  # Everybody may look: how much is in the index counts what is closed as well.
