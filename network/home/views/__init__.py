"""The front pages."""

from __future__ import annotations

from typing import Any

from flask import render_template

from network.core.web.access import readers
from network.core.web.area import Area

area = Area("home", __name__)


@area.get("/", access=readers)
def home() -> Any:
    """Home, for visitors or members."""
    return render_template("home/signed_out.html")
