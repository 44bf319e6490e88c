"""What discovery adds to the application."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask

from network.core.events import Consumer, subscribe
from network.core.health import add_check
from network.core.schedule import every
from network.discovery.engine import engine
from network.discovery.indexing import BATCH, follow, heal, rebuild, reconcile
from network.discovery.log.actions import forget_old
from network.discovery.log.views import area as searches
from network.discovery.pins.views import area as pins
from network.discovery.recent.suggesting import earlier
from network.discovery.recent.views import area as recent
from network.discovery.saved import feature as saved
from network.discovery.similar import similar
from network.discovery.spelling import words
from network.discovery.suggesting.suggestions import add_source
from network.discovery.views import area
from network.discovery.wanted import feature as wanted
from network.subjects import finding
from network.subjects.registry import AudienceChanged, GroupMoved, SubjectEvent
from search.spelling import english


def add(app: Flask) -> None:
    """The search page, the consumer that feeds the index, its nightly reconcile and its health."""
    app.register_blueprint(area)
    add_moderation(app)
    subscribe(app, Consumer("index", follow, on=(SubjectEvent, AudienceChanged, GroupMoved), batch=BATCH))
    every(app, timedelta(hours=24), "reconcile-index", _reconcile)
    every(app, timedelta(minutes=1), "heal-index", heal)
    every(app, timedelta(days=7), "renew-index", _renew)
    every(app, timedelta(minutes=1), "refresh-dictionary", words.refresh)
    finding.provide(app, similar)
    add_check(app, "index", _health)
    english.prepare()
    app.register_blueprint(recent)
    add_source(app, earlier)
    saved.add(app)  # After the index, so that its consumer comes after that of the index.
    wanted.add(app)


def add_moderation(app: Flask) -> None:
    """The pages of pinned results and failed searches, and the job that forgets the log."""
    app.register_blueprint(pins)
    app.register_blueprint(searches)
    every(app, timedelta(hours=24), "forget-searches", forget_old)


def _reconcile() -> None:
    reconcile()


def _renew() -> None:
    """An index that is changed much gets slower; a new one beside it is as fast as on its first day."""
    rebuild()


def _health() -> dict[str, Any]:
    state = engine().health()
    return {"ok": state.ok}  # Everybody may look: how much is in the index counts what is closed as well.
