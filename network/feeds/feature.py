"""What feeds add to the application."""

from __future__ import annotations

from flask import Flask

from network.feeds.showing import context
from network.feeds.views import area


def add(app: Flask) -> None:
    """The feeds, and what pages say about theirs."""
    app.register_blueprint(area)
    app.context_processor(context)
