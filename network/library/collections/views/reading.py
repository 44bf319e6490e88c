"""All collections, and one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from flask import abort, g, render_template, request

from network.core.web.access import readers
from network.core.web.pagination import Page, offset, page_links, page_number, with_args
from network.library.collections import rules
from network.library.collections.history import acts_of
from network.library.collections.queries import Item, collections, count_collections, items_of
from network.library.collections.views import area
from network.library.collections.views.getting import kept, known, things_like
from network.library.views.showing import use_figure

PER_PAGE = 20
GUIDES = "/library/"
MOST_IN_A_PACK, LONGEST_PACK_TITLE = 30, 100
"""As in network/portability, which knows this feature and is not known here; a test compares them."""
LONGEST_FIND = 200


@area.get("/collections", access=readers)
def all_collections() -> Any:
    """What people chose from the library, and the viewer's own."""
    mine = request.args.get("show") == "mine" and g.viewer.signed_in
    number = page_number()
    heads = collections(g.viewer, mine=mine, limit=PER_PAGE, offset=offset(number, PER_PAGE))
    if not heads and number > 1:
        abort(404)
    total = count_collections(g.viewer, mine=mine)
    tabs = [
        {"text": "All", "address": with_args(page=None, show=None), "current": not mine},
        {"text": "Yours", "address": with_args(page=None, show="mine"), "current": mine},
    ]
    return render_template(
        "library/collections/list.html",
        collections=heads,
        mine=mine,
        tabs=tabs if g.viewer.signed_in else [],
        total=total,
        pages=page_links(Page(heads, number, PER_PAGE, total)),
    )


@area.get("/collections/<slug>", access=readers)
def collection(slug: str) -> Any:
    """One of them; a hidden one says why."""
    head = known(slug)
    if head.hidden_at is not None:
        return render_template("library/collections/hidden.html", head=head), 410
    keeps = rules.may_keep(g.viewer, head.standing)
    words = " ".join(request.args.get("find", "").split())[:LONGEST_FIND] if keeps else ""
    items = items_of(head.id, g.viewer)
    there = {item.address for item in items}
    return render_template(
        "library/collections/collection.html",
        head=head,
        items=items,
        use_figure=use_figure,
        keeps=keeps,
        may_take_away=rules.may_take_away(g.viewer, head.standing),
        may_hide=rules.may_hide(g.viewer, head.standing),
        pack=_pack(items, head.title),
        words=words,
        found=[(thing, thing.address in there) for thing in things_like(words)] if words else [],
    )


def _pack(items: Sequence[Item], title: str) -> dict[str, Any] | None:
    """Where the guides that the viewer reads here are put into a pack; how many fit, and how many there are."""
    slugs = [
        item.address.removeprefix(GUIDES) for item in items if item.address.startswith(GUIDES) and not item.withdrawn
    ]
    if not slugs:
        return None
    asked = [("guide", slug) for slug in slugs[:MOST_IN_A_PACK]]
    words = urlencode([*asked, ("title", title[:LONGEST_PACK_TITLE])])
    return {"address": f"/packs/new?{words}", "taken": len(asked), "guides": len(slugs)}


@area.get("/collections/<slug>/history", access=readers)
def history(slug: str) -> Any:
    """Who changed what, for those who keep it."""
    head = kept(slug)
    return render_template("library/collections/history.html", head=head, acts=acts_of(head.id, g.viewer))
