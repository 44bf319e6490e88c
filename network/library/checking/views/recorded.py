"""The record of a guide: who checked it and what they answered, and what became of it."""

from __future__ import annotations

from typing import Any

from flask import g, render_template

from network.core.web.access import readers
from network.library import rules
from network.library.checking.queries.recorded import record_of
from network.library.checking.views import area
from network.library.views.getting import readable

SHOWN = 100


@area.get("/library/<slug>/checks", access=readers)
def checks_of(slug: str) -> Any:
    """The newest hundred lines."""
    found = readable(slug)
    return render_template(
        "library/checking/record.html",
        found=found,
        lines=record_of(found.id, SHOWN),
        may_check=rules.may_check(g.viewer, found.standing),
    )
