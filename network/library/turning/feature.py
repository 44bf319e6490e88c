"""What turning discussions into guides adds to the library."""

from __future__ import annotations

from flask import Flask

from network.library.turning.panels import beside_discussion
from network.library.turning.views import area
from network.subjects.panels import lend


def add(app: Flask) -> None:
    """Registered by the library."""
    app.register_blueprint(area)
    lend(app, "discussion.aside", beside_discussion)
