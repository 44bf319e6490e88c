"""What writing well adds to the library."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from network.core import schedule
from network.core.transaction import transaction
from network.library.composing.actions import sweep_pictures
from network.library.composing.views import area


def add(app: Flask) -> None:
    """Registered by the library."""
    app.register_blueprint(area)
    schedule.every(app, timedelta(days=1), "library.composed-pictures", _sweep)


def _sweep() -> None:
    """Until the last; each batch is a transaction of its own."""
    after, more = "", True
    while more:
        with transaction():
            after = sweep_pictures(after)
        more = bool(after)
