"""What organisations add to the application."""

from __future__ import annotations

from flask import Flask

from network.organisations.views import area


def add(app: Flask) -> None:
    """Their pages."""
    app.register_blueprint(area)
