"""What people add to the application."""

from __future__ import annotations

from flask import Flask

from network.people.views import area


def add(app: Flask) -> None:
    """Joining, profiles and the directory."""
    app.register_blueprint(area)
