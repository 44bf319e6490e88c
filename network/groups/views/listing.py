"""All groups, in four orders."""

from __future__ import annotations

from typing import Any

from flask import abort, g, render_template, request

from network.core.web.access import readers
from network.core.web.pagination import page_links, page_number
from network.groups.lists import GroupRow, groups_page
from network.groups.views import area
from network.subjects.names import hue, initials

TABS = {"busy": "Busy now", "yours": "Yours", "new": "New", "a-z": "A to Z"}


@area.get("/groups", access=readers)
def groups() -> Any:
    """Cards of groups; `?tab=` chooses the order, “Yours” is for members."""
    tab = request.args.get("tab", "busy")
    if tab not in TABS or (tab == "yours" and not g.viewer.signed_in):
        tab = "busy"
    page = groups_page(tab, g.viewer, page_number())
    if not page.items and page.number > 1:
        abort(404)
    tabs = [
        {
            "text": text,
            "address": "/groups" if name == "busy" else f"/groups?tab={name}",
            "current": name == tab,
            "count": len(g.viewer.group_ids) if name == "yours" else None,
        }
        for name, text in TABS.items()
        if name != "yours" or g.viewer.signed_in
    ]
    cards = [card(row) for row in page.items]
    return render_template("groups/listing.html", tab=tab, tabs=tabs, cards=cards, pages=page_links(page))


def card(row: GroupRow) -> dict[str, Any]:
    """A group as the card component shows it. A closed one says why; only its members see numbers."""
    if row.member_count is None:
        lines, fact = ["Closed group"], row.closed_reason
    else:
        members = f"{row.member_count:,} member{'' if row.member_count == 1 else 's'}"
        lines = [f"Closed group, {members}" if row.openness == "closed" else members]
        count = row.discussion_count or 0
        fact = f"{count:,} discussion{'' if count == 1 else 's'}"
    return {
        "name": row.name,
        "address": row.address,
        "initials": initials(row.name),
        "hue": hue(row.id),
        "square": True,
        "lines": lines,
        "text": row.purpose,
        "fact": fact,
        "joined": row.joined,
    }
