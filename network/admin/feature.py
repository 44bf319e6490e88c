"""What administration adds to the application."""

from __future__ import annotations

from flask import Flask

from network.admin.organisations.views import area as organisations
from network.admin.topics.views import area as topics
from network.admin.views import PLACE
from network.admin.views import area as overview
from network.core.web.access import moderators
from network.core.web.templating import add_place


def add(app: Flask) -> None:
    """The pages below /admin that are nobody else's, and the way to all of them."""
    app.register_blueprint(overview)
    app.register_blueprint(topics)
    app.register_blueprint(organisations)
    add_place(app, "Administration", PLACE, moderators)
