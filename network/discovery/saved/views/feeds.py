"""Feeds of saved searches, Atom and JSON Feed."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, abort, make_response, render_template, request

from network.core.text.xml import clean
from network.core.web.access import everyone
from network.core.web.addresses import absolute
from network.discovery.saved.feeds import Item, feed_address, items, searched_by
from network.discovery.saved.queries import Saved
from network.discovery.saved.views import area
from search.contract import EngineError


@area.get("/saved/searches/feeds/<token>/feed.atom", access=everyone)
def atom(token: str) -> Any:
    """For feed readers."""
    saved, found = _asked(token)
    updated = max((item.updated for item in found), default=saved.since)
    text = render_template(
        "discovery/saved/feed.xml",
        saved=saved,
        items=found,
        updated=updated,
        own=feed_address(saved, "atom"),
        page=absolute(saved.criteria.address),
    )
    return _kept(make_response(clean(text)), "application/atom+xml")


@area.get("/saved/searches/feeds/<token>/feed.json", access=everyone)
def json_feed(token: str) -> Any:
    """JSON Feed 1.1."""
    saved, found = _asked(token)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": saved.name,
        "home_page_url": absolute(saved.criteria.address),
        "feed_url": feed_address(saved, "json"),
        "items": [_entry(item) for item in found],
    }
    return _kept(make_response(json.dumps(feed, ensure_ascii=False)), "application/feed+json")


def _asked(token: str) -> tuple[Saved, list[Item]]:
    saved = searched_by(token)
    if saved is None:
        abort(404)
    try:
        return saved, items(saved)
    except EngineError:
        abort(503)


def _entry(item: Item) -> dict[str, Any]:
    return {
        "id": item.address,
        "url": item.address,
        "title": item.title,
        "content_text": item.summary,
        "language": item.language,
        "date_published": item.created.isoformat(timespec="seconds"),
        "date_modified": item.updated.isoformat(timespec="seconds"),
        **({"authors": [{"name": item.author}]} if item.author else {}),
        "tags": [item.kind],
    }


def _kept(response: Response, kind: str) -> Any:
    """Readers that ask again are told in a few bytes that nothing is new."""
    response.headers["Content-Type"] = f"{kind}; charset=utf-8"
    response.add_etag()
    return response.make_conditional(request)
