"""What writing well adds to the library."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from network.core import schedule
from network.core.transaction import transaction
from network.library.composing import sections
from network.library.composing.actions import sweep_pictures
from network.library.composing.views import area
from network.library.sections import lend_section


def add(app: Flask) -> None:
    """Registered by the library."""
    app.register_blueprint(area)
    lend_section(app, "notes", sections.unfinished)
    schedule.every(app, timedelta(days=1), "library.composed-pictures", _sweep)


def _sweep() -> None:
    """Until the last; each batch is a transaction of its own."""
    after, more = "", True
    while more:
        with transaction():
            after = sweep_pictures(after)
        more = bool(after)
