"""What the interface for programs adds to the application."""

from __future__ import annotations

from flask import Flask

from network.api.addresses import BASE
from network.api.problems import told
from network.api.views import area
from network.api.views.documents import pages
from network.core.web.errors import tell_programs


def add(app: Flask) -> None:
    """Its addresses, the page about it, and how it says what goes wrong."""
    app.register_blueprint(area)
    app.register_blueprint(pages)
    tell_programs(app, f"{BASE}/", told)
