"""Suggestions across guides: those that wait for me, and my own, with what I reported as out of date."""

from __future__ import annotations

from typing import Any

from flask import g, render_template

from network.core.web.access import members
from network.library.flags.queries import reported_by
from network.library.suggestions.queries import by_viewer, to_answer
from network.library.suggestions.showing import lines_of
from network.library.suggestions.views import area

MOST = 100


@area.get("/suggestions", access=members)
def mine() -> Any:
    """All three lists; the longest wait and the newest of one's own first."""
    return render_template(
        "library/suggestions/mine.html",
        waiting=lines_of(to_answer(g.viewer, MOST)),
        own=lines_of(by_viewer(g.viewer, MOST)),
        reported=reported_by(g.viewer, MOST),
    )
