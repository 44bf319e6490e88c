"""What people add to the application."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from network.accounts.events import AddressConfirmed
from network.core import schedule
from network.core.events import Consumer, subscribe
from network.people.joining import follow_address, forget_unconfirmed
from network.people.panels import people_here
from network.people.subject import PERSON
from network.people.views import area
from network.subjects.panels import lend
from network.subjects.registry import register


def add(app: Flask) -> None:
    """Joining, profiles and the directory."""
    app.register_blueprint(area)
    register(app, PERSON)
    subscribe(app, Consumer("addresses", follow_address, on=(AddressConfirmed,)))
    schedule.every(app, timedelta(days=1), "forget-unconfirmed", forget_unconfirmed)
    lend(app, "organisation.main", people_here)
