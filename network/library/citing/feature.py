"""What permanent addresses and citations add to the library."""

from __future__ import annotations

from flask import Flask

from network.library.citing.views import area, how_to_cite
from network.library.sections import lend_section


def add(app: Flask) -> None:
    """Registered by the library."""
    app.register_blueprint(area)
    lend_section(app, "versions", how_to_cite)
