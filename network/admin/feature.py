"""What administration adds to the application."""

from __future__ import annotations

from flask import Flask

from network.admin.organisations.views import area as organisations
from network.admin.topics.views import area as topics


def add(app: Flask) -> None:
    """The pages below /admin that are nobody else's."""
    app.register_blueprint(topics)
    app.register_blueprint(organisations)
