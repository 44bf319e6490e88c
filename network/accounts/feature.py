"""What accounts add to the application."""

from __future__ import annotations

from flask import Flask

from network.accounts.actions import RecoveryAsked
from network.accounts.security import add_security
from network.accounts.views import area
from network.accounts.views.passwords import send_recovery
from network.core.events import Consumer, subscribe


def add(app: Flask) -> None:
    """Sign-in pages, Flask-Security underneath, and the consumer that answers forgotten passwords."""
    add_security(app)
    subscribe(app, Consumer("recovery", send_recovery, on=(RecoveryAsked,)))
    app.register_blueprint(area)
