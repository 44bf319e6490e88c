"""A group's own page: its discussions, or what is public about a closed one."""

from __future__ import annotations

from typing import Any

from flask import abort, g, render_template, request
from markupsafe import Markup

from network.core.web.access import readers
from network.core.web.pagination import page_links, page_number
from network.discussions.queries import group_page, open_question_count
from network.discussions.showing import row_items
from network.discussions.views import area
from network.groups.pages import find_group, frame
from network.groups.queries import GroupHead, facilitators
from network.subjects.panels import panels

CHIPS = {"latest": "Latest", "needs": "Needs an answer", "answered": "Answered", "discussions": "Discussions"}
NOTHING = {
    "needs": ("Nothing needs an answer", "No question in this group waits for one."),
    "answered": ("No answered questions yet", "A question is answered when whoever asked accepts a reply."),
    "discussions": ("No discussions yet", "Start one to share news, or to think something through together."),
}


@area.get("/groups/<slug>", access=readers)
def group(slug: str) -> Any:
    """The discussions of a group, the latest first; chips narrow them."""
    found = find_group(slug)
    head = frame(found, "discussion")
    if not head["inside"]:
        return render_template("groups/outside.html", facilitators=facilitators(found.id), **head)
    show = request.args.get("show", "latest")
    show = show if show in CHIPS else "latest"
    page = group_page(found.id, show, page_number(), all_of_them=found.discussion_count)
    if not page.items and page.number > 1:
        abort(404)
    return render_template(
        "discussions/in_group.html",
        show=show,
        chips=_chips(found, show),
        rows=row_items(page.items, with_group=False),
        nothing=NOTHING.get(show),
        pages=page_links(page),
        facilitators=facilitators(found.id),
        lent=lent("group.aside", found.id),
        **head,
    )


def lent(place: str, row_id: int) -> list[Markup]:
    """What features above show at a place, rendered."""
    return [
        Markup(render_template(panel.template, panel=panel, **panel.context))  # noqa: S704  (a template's own markup)
        for panel in panels(place, g.viewer, row_id)
    ]


def _chips(found: GroupHead, show: str) -> list[dict[str, Any]]:
    waiting = open_question_count(found.id) if found.discussion_count else 0
    return [
        {
            "text": f"{text} ({waiting})" if name == "needs" else text,
            "address": found.address if name == "latest" else f"{found.address}?show={name}",
            "selected": name == show,
        }
        for name, text in CHIPS.items()
    ]
