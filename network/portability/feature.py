"""What taking along adds to the application."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from network.core.events import Consumer, subscribe
from network.core.schedule import every
from network.groups.events import GroupClosed
from network.library.events import GuideWithdrawn
from network.library.sections import lend_section
from network.people.events import PersonLeft
from network.portability.kept import keep_fresh, make_anew, make_without
from network.portability.sections import take_along
from network.portability.views import area


def add(app: Flask) -> None:
    """Pages, the offer on each guide's page, and the archive of the open library."""
    app.register_blueprint(area)
    lend_section(app, "side", take_along)
    subscribe(app, Consumer("portability.library", make_anew, on=(PersonLeft,), batch=50))
    subscribe(app, Consumer("portability.closed", make_without, on=(GuideWithdrawn, GroupClosed), batch=50))
    every(app, timedelta(minutes=10), "portability.library", keep_fresh)
