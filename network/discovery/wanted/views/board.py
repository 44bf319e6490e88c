"""The board, and one entry of it."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template, request

from network.core.web.access import readers
from network.core.web.pagination import Page, offset, page_links, page_number, with_args
from network.discovery.wanted import rules
from network.discovery.wanted.near import near
from network.discovery.wanted.queries import (
    OPEN,
    SORTS,
    WRITTEN,
    Standing,
    board,
    count_board,
    entries_by_ids,
    refused_by,
    standing,
)
from network.discovery.wanted.views import area

PER_PAGE = 20
TABS = {OPEN: "Still wanted", WRITTEN: "Written"}


@area.get("/wanted", access=readers)
def wanted() -> Any:
    """What people want somebody to write."""
    state, sort, number = request.args.get("show", OPEN), request.args.get("sort", "wanted"), page_number()
    if state not in TABS or sort not in SORTS:
        abort(404)
    entries = board(g.viewer, state=state, sort=sort, limit=PER_PAGE, offset=offset(number, PER_PAGE))
    if not entries and number > 1:
        abort(404)
    counts = {name: count_board(g.viewer, name) for name in TABS}
    return render_template(
        "discovery/wanted/board.html",
        entries=entries,
        state=state,
        tabs=[
            {
                "text": label,
                "address": with_args(page=None, show=name if name != OPEN else None),
                "current": name == state,
                "count": counts[name],
            }
            for name, label in TABS.items()
        ],
        sorts=[{"value": value, "text": label, "selected": value == sort} for value, label in SORTS.items()],
        kept=[("show", state)] if state != OPEN else [],
        total=counts[state],
        pages=page_links(Page(entries, number, PER_PAGE, counts[state])),
    )


@area.get("/wanted/<int(max=2147483647):entry_id>", access=readers)
def entry(entry_id: int) -> Any:
    """One entry; a merged one leads to the other, a hidden one says why."""
    known = find(entry_id)
    if known.merged_into_id is not None:
        return redirect(f"/wanted/{known.merged_into_id}", 301)
    if known.hidden_at is not None:
        return render_template("discovery/wanted/hidden.html", known=known), 410
    found = entries_by_ids(g.viewer, [entry_id])[0]
    return render_template(
        "discovery/wanted/entry.html",
        entry=found,
        near=near(g.viewer, found.words, but=entry_id),
        refused=refused_by(g.viewer, entry_id) if g.viewer.signed_in else [],
        may_moderate=rules.may_moderate(g.viewer, stands=True),
    )


def find(entry_id: int) -> Standing:
    """404 when there was never one of this number."""
    known = standing(entry_id)
    if known is None:
        abort(404)
    return known
