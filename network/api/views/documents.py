"""The page about the interface, and the same for programs."""

from __future__ import annotations

from typing import Any

from flask import current_app, redirect, render_template

from network.api.addresses import BASE
from network.api.area import OFTEN, Endpoint, answered
from network.api.document import IN_PATHS, openapi, parts_of, path_of, statuses_of
from network.api.fields import name_of, objects, rows
from network.api.problems import SENTENCES
from network.api.schemas.parts import STATES
from network.api.views import area
from network.core.web.access import everyone
from network.core.web.area import Area

pages = Area("api_pages", __name__)
"""Beside the interface: people look at it, as themselves."""


@area.get("/openapi.json", access=everyone)
def document() -> Any:
    """The description for programs. It tells no more than the software does, also where reading is for members."""
    made = current_app.extensions.get("api.document")
    if made is None:
        config = current_app.config
        made = openapi(area.endpoints, title=config["SITE_NAME"], server=config["BASE_URL"])
        current_app.extensions["api.document"] = made
    return answered(made)


@pages.get("/api/docs", access=everyone)
def documents() -> Any:
    """What can be asked, what comes back, and what goes wrong."""
    endpoints = [_shown(endpoint) for endpoint in area.endpoints]
    held = [{"name": name_of(one), "says": one.__doc__, "rows": rows(one)} for one in objects(area.endpoints)]
    return render_template(
        "api/documents.html",
        endpoints=endpoints,
        objects=held,
        contents=_contents(endpoints),
        held=[{"id": f"object-{one['name']}", "text": one["name"]} for one in held],
        states=STATES,
        problems=SENTENCES,
        often=int(OFTEN.split()[0]),
        base=BASE,
        open_reading=current_app.config["OPEN_READING"],
    )


@pages.get("/api", endpoint="short", access=everyone)
@pages.get(BASE, endpoint="short_version", access=everyone)
def start() -> Any:
    """Where somebody lands who shortens an address."""
    return redirect("/api/docs", 302)


def _contents(endpoints: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What stands on the page, with each address."""
    addresses = [{"id": f"address-{one['name']}", "text": one["summary"], "deeper": True} for one in endpoints]
    return [
        {"id": "begin", "text": "How to begin"},
        {"id": "trust", "text": "How far to trust a guide"},
        {"id": "addresses", "text": "Addresses"},
        *addresses,
        {"id": "objects", "text": "What answers hold"},
        {"id": "errors", "text": "When something goes wrong"},
    ]


def _shown(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "name": endpoint.name,
        "path": path_of(endpoint),
        "summary": endpoint.summary.rstrip("."),
        "more": endpoint.more,
        "parts": [(name, IN_PATHS[name][0]) for name in parts_of(endpoint)],
        "asks": rows(endpoint.asks),
        "gives": name_of(endpoint.gives),
        "fails": statuses_of(endpoint),
        "try": f"{BASE}{endpoint.tried}" if endpoint.tried else ("" if parts_of(endpoint) else endpoint.address),
    }
