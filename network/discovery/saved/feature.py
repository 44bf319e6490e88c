"""What saved searches add to the application."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from network.accounts.tokens import add_tokens
from network.core.events import Consumer, subscribe
from network.core.schedule import every
from network.discovery.saved.actions import new_feeds
from network.discovery.saved.alerts import CONSUMER, follow, morning
from network.discovery.saved.views import area
from network.discovery.saved.views.stopping import stop
from network.discovery.saved.views.topics import button
from network.subjects.panels import lend
from network.subjects.registry import SubjectEvent

BATCH = 500


def add(app: Flask) -> None:
    """Pages, the consumer behind alerts at once, the job behind those of the morning, and the button on topics."""
    app.register_blueprint(area)
    app.extensions["csrf"].exempt(stop)
    subscribe(app, Consumer(CONSUMER, follow, on=(SubjectEvent,), batch=BATCH))
    every(app, timedelta(minutes=15), "saved.morning", morning)
    lend(app, "topic.aside", button)
    add_tokens(app, new_feeds)
