"""Where feeds are: each lies beside the page that it feeds, and that page names it in its head and at its end."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from flask import request

FILTERS = ("topic", "kind", "organisation", "check", "group", "by")
FED = {
    "library.library": ("/library", ""),
    "library.topic": ("/topics/{slug}", "topic"),
    "organisations.organisation": ("/organisations/{slug}", "organisation"),
    "people.person": ("/people/{handle}", "by"),
}
"""By the page: its address, and the word that narrows the library to the same guides."""


class Feeds(NamedTuple):
    """The addresses of a page's feed in its two forms, and where a pack is made of the same guides."""

    atom: str
    json: str
    pack: str


def feeds_here() -> Feeds | None:
    """The feeds of the page that is being made; the library's are narrowed by the same filters as its list."""
    place = FED.get(request.endpoint or "")
    if place is None:
        return None
    page, word = place
    values = request.view_args or {}
    address = page.format(**{name: quote(str(value), safe="") for name, value in values.items()})
    asked = [(name, value) for name in FILTERS for value in request.args.getlist(name)] if not word else []
    end = f"?{urlencode(asked)}" if asked else ""
    same = urlencode([(word, next(iter(values.values())))] if word else asked)
    return Feeds(f"{address}/feed.atom{end}", f"{address}/feed.json{end}", "/packs/new" + (f"?{same}" if same else ""))


def context() -> dict[str, Any]:
    """For every template."""
    return {"feeds_here": feeds_here}
