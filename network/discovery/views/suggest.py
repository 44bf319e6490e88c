"""Suggestions while typing, for the script of the search box and for browsers that have added this search."""

from __future__ import annotations

from typing import Any

from flask import Response, g, jsonify, request
from flask_limiter.util import get_remote_address

from network.core.web.access import readers
from network.core.web.limits import SUGGESTIONS, limiter
from network.discovery.suggesting.suggestions import suggestions
from network.discovery.views import area

BROWSER = "application/x-suggestions+json"


def _who() -> str:
    """Members are counted by themselves, visitors by their address."""
    return f"person:{g.viewer.person_id}" if g.viewer.signed_in else get_remote_address()


@area.get("/search/suggest", access=readers)
@limiter.limit(SUGGESTIONS, key_func=_who)
def suggest() -> Response:
    """`?q=` with what has been typed so far; `for=browser` answers in the form that browsers read."""
    text = request.args.get("q", "")
    found = suggestions(g.viewer, text)
    if request.args.get("for") != "browser":
        return jsonify(suggestions=[suggestion._asdict() for suggestion in found])
    columns: list[Any] = [list(column) for column in zip(*found, strict=True)] or [[], [], []]
    response = jsonify([text, *columns])
    response.mimetype = BROWSER
    return response
