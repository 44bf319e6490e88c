"""What attachments add to the application."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from network.attachments.actions import sweep
from network.attachments.views import area
from network.core import schedule


def add(app: Flask) -> None:
    """The address of files, and the sweep for those that nobody names any more."""
    schedule.every(app, timedelta(days=1), "sweep-files", _sweep)
    app.register_blueprint(area)


def _sweep() -> None:
    sweep()
