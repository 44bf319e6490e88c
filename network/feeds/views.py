"""Feeds of the library, of a kind, a topic, an organisation and a person: Atom and JSON Feed 1.1."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from flask import Response, abort, current_app, g, make_response, redirect, render_template, request

from network.core.text.xml import clean
from network.core.transaction import transaction
from network.core.web.access import Access, everyone, members, readers
from network.core.web.addresses import absolute
from network.core.web.area import Area
from network.core.web.forms import Form, say
from network.core.web.limits import limit_writing
from network.feeds.items import Item, newest
from network.feeds.keys import draw, my_key, opens
from network.library.models import KINDS
from network.library.queries.filters import Narrowing, narrowing

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)

area = Area("feeds", __name__)
subscribers: Access = everyone
"""Feed readers do not sign in: where reading is for members only, a key in the address stands for one."""


class Feed(NamedTuple):
    """A feed's head."""

    title: str
    page: str
    items: Sequence[Item]


@area.get("/library/feed.<any(atom, json):form>", access=subscribers)
def library(form: str) -> Any:
    """The whole library, or what the same filters as on its list leave of it."""
    asked = request.args
    found = _narrowed(
        kinds=asked.getlist("kind"),
        checks=asked.getlist("check"),
        topics=asked.getlist("topic"),
        organisations=asked.getlist("organisation"),
        group=asked.get("group", ""),
        person=asked.get("by", ""),
    )
    return _answer(form, found, _words(found) or "Library", "/library")


@area.get("/topics/<slug>/feed.<any(atom, json):form>", access=subscribers)
def topic(slug: str, form: str) -> Any:
    """A topic and those under it."""
    found = _narrowed(topics=[slug])
    if not found.topics:
        abort(404)
    return _answer(form, found, found.topics[0].name, f"/topics/{slug}")


@area.get("/organisations/<slug>/feed.<any(atom, json):form>", access=subscribers)
def organisation(slug: str, form: str) -> Any:
    """What people of an organisation wrote for it."""
    found = _narrowed(organisations=[slug])
    if not found.organisations:
        abort(404)
    return _answer(form, found, found.organisations[0].name, f"/organisations/{slug}")


@area.get("/people/<handle>/feed.<any(atom, json):form>", access=subscribers)
def person(handle: str, form: str) -> Any:
    """What somebody wrote, owns or helped to write."""
    found = _narrowed(person=handle)
    if found.person is None:
        abort(404)
    return _answer(form, found, found.person.name, f"/people/{handle}")


@area.get("/feeds", access=readers)
def feeds() -> Any:
    """Which feeds there are, and the key for those of a network that is not open."""
    closed = not current_app.config["OPEN_READING"]
    key = my_key(g.viewer) if closed and g.viewer.signed_in else ""
    return render_template("feeds/feeds.html", kinds=KINDS, closed=closed, key=key, form=Form())


@area.post("/feeds/key", access=members)
@limit_writing
def new_key() -> Any:
    """Another key; the old one stops working at once."""
    if not Form().validate_on_submit():
        abort(400)
    with transaction():
        draw(g.viewer)
    say("Your feeds have a new address")
    return redirect("/feeds", 303)


def _narrowed(**words: Any) -> Narrowing:
    """The filters of these words, for those who may read at all."""
    if not (current_app.config["OPEN_READING"] or g.viewer.signed_in or opens(request.args.get("key", ""))):
        abort(404)
    found = narrowing(**words)
    if found is None:
        abort(404)
    return found


def _words(found: Narrowing) -> str:
    """The filters in words."""
    names = [choice.name for choice in (*found.topics, *found.organisations)]
    names += [KINDS[kind] for kind in found.filters.kinds]
    names += [choice.name for choice in (found.group, found.person) if choice]
    return ", ".join(names)


def _answer(form: str, found: Narrowing, title: str, page: str) -> Any:
    feed = Feed(clean(title), absolute(page), newest(found.filters))
    updated = max((item.updated for item in feed.items), default=BEGINNING)
    response = _atom(feed, updated) if form == "atom" else _json(feed)
    response.add_etag()
    if form == "atom":
        # What the other form says of checks, flags and use changes without the guide; its entity tag tells.
        response.last_modified = updated
    return response.make_conditional(request)


def _atom(feed: Feed, updated: datetime) -> Response:
    host = urlsplit(current_app.config["BASE_URL"]).hostname or "localhost"
    text = render_template(
        "feeds/feed.xml", feed=feed, updated=updated, own=_own(), tag=f"tag:{host},2026:{_name()}", kinds=KINDS
    )
    response = make_response(clean(text))
    response.headers["Content-Type"] = "application/atom+xml; charset=utf-8"
    return response


def _json(feed: Feed) -> Response:
    body = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{feed.title} – {current_app.config['SITE_NAME']}",
        "home_page_url": feed.page,
        "feed_url": _own(),
        "language": "en-GB",
        "items": [_entry(item) for item in feed.items],
    }
    response = make_response(json.dumps(body, ensure_ascii=False))
    response.headers["Content-Type"] = "application/feed+json; charset=utf-8"
    return response


def _entry(item: Item) -> dict[str, Any]:
    return {
        "id": f"urn:uuid:{item.uuid}",
        "url": item.address,
        "title": item.title,
        "summary": item.summary,
        "content_html": item.html,
        "language": item.language,
        "date_published": item.published.isoformat(timespec="seconds"),
        "date_modified": item.updated.isoformat(timespec="seconds"),
        "authors": [{"name": name} for name in item.authors],
        "tags": [item.kind],
        "_common_practice": {
            "licence": {"name": item.licence.name, "address": item.licence.address},
            "organisation": item.organisation,
            "first_published_by": item.source,
            "version": item.version,
            **item.states,
        },
    }


def _own() -> str:
    """The feed's own address, without somebody's key."""
    return absolute(_name())


def _name() -> str:
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "key"]
    query = urlencode(kept[:50])
    return clean(request.path + (f"?{query}" if query else ""))
