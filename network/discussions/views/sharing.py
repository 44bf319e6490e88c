"""“Ask or share”: the one button on every page leads here, and from here to what people want to do."""

from __future__ import annotations

from typing import Any

from flask import render_template

from network.core.web.access import readers
from network.discussions.views import area


@area.get("/share", access=readers)
def share() -> Any:
    """Four things to start."""
    return render_template("discussions/share.html")
