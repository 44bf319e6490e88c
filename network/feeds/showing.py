"""Where feeds are: each lies beside the page that it feeds, and that page names it in its head and at its end."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask import request

FILTERS = ("topic", "kind", "organisation", "check", "group", "by")
FED = {
    "library.library": "/library",
    "library.topic": "/topics/{slug}",
    "organisations.organisation": "/organisations/{slug}",
    "people.person": "/people/{handle}",
}


class Feeds(NamedTuple):
    """The addresses of a page's feed in its two forms."""

    atom: str
    json: str


def feeds_here() -> Feeds | None:
    """The feeds of the page that is being made; the library's are narrowed by the same filters as its list."""
    place = FED.get(request.endpoint or "")
    if place is None:
        return None
    address = place.format(**(request.view_args or {}))
    query = ""
    if address == "/library":
        query = urlencode([(name, value) for name in FILTERS for value in request.args.getlist(name)])
    end = f"?{query}" if query else ""
    return Feeds(f"{address}/feed.atom{end}", f"{address}/feed.json{end}")


def context() -> dict[str, Any]:
    """For every template."""
    return {"feeds_here": feeds_here}
