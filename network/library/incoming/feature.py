"""What imports by the web add to the library."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from network.core import schedule
from network.core.events import Consumer, subscribe
from network.core.web.bodies import Body, allow_larger
from network.library.incoming.actions import CONSUMER
from network.library.incoming.forms import MEGABYTE, MOST_FILES, MOST_PACKED, TOO_LARGE
from network.library.incoming.listeners import step, sweep
from network.library.incoming.views import area


def add(app: Flask) -> None:
    """Registered by the library."""
    app.register_blueprint(area)
    # A little more than the files: names and the form around them.
    allow_larger(app, "incoming.upload", Body(MOST_PACKED + MEGABYTE, MOST_FILES + 20, TOO_LARGE))
    subscribe(app, Consumer(CONSUMER, step))
    schedule.every(app, timedelta(hours=1), "library.incoming", sweep)
