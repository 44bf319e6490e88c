"""What the care for guides adds to the application."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from network.core import schedule
from network.library.checking import sections
from network.library.checking.inheriting import inherit_from_absent
from network.library.checking.reminders import remind
from network.library.checking.views import area
from network.library.checking.views.stopping import stop
from network.library.sections import lend_section


def add(app: Flask) -> None:
    """Pages, the jobs that remind and hand on, and what stands on a guide's page."""
    app.register_blueprint(area)
    app.extensions["csrf"].exempt(stop)
    schedule.every(app, timedelta(hours=1), "library.check-reminders", remind)
    schedule.every(app, timedelta(days=1), "library.inherit", inherit_from_absent)
    lend_section(app, "versions", sections.record)
    lend_section(app, "notes", sections.alone)
