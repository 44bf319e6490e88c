"""One's own words of a suggestion whose guide was withdrawn: they stay their writer's, to be read and copied."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template

from network.core.web.access import members
from network.library.suggestions.own_words import own_words
from network.library.suggestions.queries import own
from network.library.suggestions.showing import line_tag
from network.library.suggestions.views import area


@area.get("/suggestions/<int(max=2147483647):suggestion_id>", access=members)
def words(suggestion_id: int) -> Any:
    """For their writer alone; while the guide stands it leads to where the suggestion is."""
    found = own(g.viewer, suggestion_id)
    if found is None:
        abort(404)
    if not found.line.guide_withdrawn:
        return redirect(found.line.address, 302)
    return render_template(
        "library/suggestions/words.html",
        line=found.line,
        tag=line_tag(found.line),
        words=own_words(found.base, found.proposed),
    )
