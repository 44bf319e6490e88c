"""Titles of our own pages while somebody types a link."""

from __future__ import annotations

from typing import Any

from flask import g, jsonify, request

from network.core.web.access import members
from network.core.web.limits import SUGGESTIONS, limiter, who
from network.library.composing.titles import offered
from network.library.composing.views import area


@area.get("/drafts/titles", access=members)
@limiter.limit(SUGGESTIONS, key_func=who)
def titles() -> Any:
    """`?q=` with what was typed so far; what the viewer may not read is not among them."""
    found = offered(g.viewer, request.args.get("q", ""))
    return jsonify(titles=[{"text": each.title, "address": each.address, "kind": each.kicker} for each in found])
