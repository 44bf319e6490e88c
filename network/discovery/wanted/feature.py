"""What the board adds to the application."""

from __future__ import annotations

from flask import Flask

from network.core.events import Consumer, subscribe
from network.discovery.wanted.notices import CONSUMER, follow
from network.discovery.wanted.views import area
from network.library.events import GuidePublished


def add(app: Flask) -> None:
    """Pages, and the consumer that tells who wanted a guide that it is written."""
    app.register_blueprint(area)
    subscribe(app, Consumer(CONSUMER, follow, on=(GuidePublished,), batch=20))
