"""Home: for visitors what this is and what is here, for members what waits for them and what changed."""

from __future__ import annotations

from typing import Any

from flask import render_template

from network.core.web.access import readers
from network.home.views import area


@area.get("/", access=readers)
def home() -> Any:
    """Home, for visitors or members."""
    return render_template("home/signed_out.html")
