"""What feeds add to the application."""

from __future__ import annotations

from flask import Flask

from network.accounts.tokens import add_tokens
from network.feeds.keys import renew
from network.feeds.showing import context
from network.feeds.views import area


def add(app: Flask) -> None:
    """The feeds, what pages say about theirs, and that a key ends with the password."""
    app.register_blueprint(area)
    app.context_processor(context)
    add_tokens(app, renew)
