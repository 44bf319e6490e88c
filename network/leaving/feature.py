"""What leaving adds to the application."""

from __future__ import annotations

from flask import Flask

from network.leaving.views import area


def add(app: Flask) -> None:
    """The page on which an account is closed."""
    app.register_blueprint(area)
