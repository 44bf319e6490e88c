"""What groups add to the application."""

from __future__ import annotations

from flask import Flask

from network.groups.panels import lend_panels
from network.groups.subject import SUBJECT
from network.groups.views import area
from network.subjects.registry import register


def add(app: Flask) -> None:
    """Pages, the subject “group”, and panels on the pages of people and topics."""
    app.register_blueprint(area)
    register(app, SUBJECT)
    lend_panels(app)
