"""What people add to the application."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from network.accounts.confirming import when_confirmed
from network.core import schedule
from network.people.joining import forget_unconfirmed, recognise
from network.people.panels import people_here
from network.people.subject import PERSON
from network.people.views import area
from network.subjects.panels import lend
from network.subjects.registry import register


def add(app: Flask) -> None:
    """Joining, profiles and the directory."""
    app.register_blueprint(area)
    register(app, PERSON)
    when_confirmed(app, recognise)
    schedule.every(app, timedelta(days=1), "forget-unconfirmed", forget_unconfirmed)
    lend(app, "organisation.main", people_here)
