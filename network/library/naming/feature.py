"""What telling co-authors adds to the library."""

from __future__ import annotations

from flask import Flask

from network.core.events import Consumer, subscribe
from network.library.events import CoAuthorNamed
from network.library.naming import models
from network.library.naming.notices import CONSUMER, follow
from network.library.naming.views import area
from network.library.naming.views.stopping import stop

__all__ = ["add", "models"]


def add(app: Flask) -> None:
    """Registered by the library."""
    app.register_blueprint(area)
    app.extensions["csrf"].exempt(stop)
    subscribe(app, Consumer(CONSUMER, follow, on=(CoAuthorNamed,), batch=20))
