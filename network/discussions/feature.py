"""What discussions add to the application."""

from __future__ import annotations

from flask import Flask

from network.core.events import subscribe
from network.discussions import counters, notices
from network.discussions.panels import lend_panels
from network.discussions.subject import SUBJECT
from network.discussions.views import area
from network.subjects.registry import register


def add(app: Flask) -> None:
    """Pages, the subject “discussion”, panels, who keeps the counters and who is told."""
    app.register_blueprint(area)
    register(app, SUBJECT)
    lend_panels(app)
    subscribe(app, counters.CONSUMER)
    subscribe(app, notices.CONSUMER)
