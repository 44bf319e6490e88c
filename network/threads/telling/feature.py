"""What telling of posts adds to threads."""

from __future__ import annotations

from flask import Flask

from network.core.events import Consumer, subscribe
from network.threads.events import PostAdded
from network.threads.telling import models
from network.threads.telling.notices import CONSUMER, follow
from network.threads.telling.views import area
from network.threads.telling.views.stopping import stop

__all__ = ["add", "models"]


def add(app: Flask) -> None:
    """Registered by threads."""
    app.register_blueprint(area)
    app.extensions["csrf"].exempt(stop)
    subscribe(app, Consumer(CONSUMER, follow, on=(PostAdded,), batch=20))
