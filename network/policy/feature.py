"""What the policy adds to the application."""

from __future__ import annotations

from flask import Flask

from network.policy.views import area


def add(app: Flask) -> None:
    """The policy page."""
    app.register_blueprint(area)
