"""What the front pages add to the application."""

from __future__ import annotations

from flask import Flask

from network.core.web.templating import add_place
from network.home.views import area


def add(app: Flask) -> None:
    """The front pages and the order of the navigation."""
    app.register_blueprint(area)
    for label, address in (("Home", "/"), ("Library", "/library"), ("Groups", "/groups"), ("People", "/people")):
        add_place(app, label, address)
