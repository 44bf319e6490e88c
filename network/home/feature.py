"""What the front pages add to the application."""

from __future__ import annotations

from flask import Flask

from network.core.web.templating import add_place
from network.home.views import area


def add(app: Flask) -> None:
    """The front pages and the order of the navigation."""
    app.register_blueprint(area)
    add_place(app, "Home", "/")
    add_place(
        app,
        "Library",
        "/library",
        also=("/collections", "/topics", "/drafts", "/checks", "/suggestions", "/adoptions", "/broken-links", "/packs"),
    )
    add_place(app, "Groups", "/groups", also=("/questions",))
    add_place(app, "People", "/people", also=("/organisations",))
