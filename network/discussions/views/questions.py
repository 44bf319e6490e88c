"""Questions of all groups."""

from __future__ import annotations

from typing import Any

from flask import abort, g, render_template, request

from network.core.web.access import readers
from network.core.web.pagination import page_links, page_number
from network.discussions.queries import questions_page
from network.discussions.showing import row_items
from network.discussions.views import area

TABS = {"needs": "Open", "unanswered": "No reply yet", "answered": "Answered"}


@area.get("/questions", access=readers)
def questions() -> Any:
    """Open questions; tabs for those without any reply and for answered ones."""
    tab = request.args.get("tab", "needs")
    tab = tab if tab in TABS else "needs"
    page = questions_page(tab, g.viewer, page_number())
    if not page.items and page.number > 1:
        abort(404)
    tabs = [
        {
            "text": text,
            "address": "/questions" if name == "needs" else f"/questions?tab={name}",
            "current": name == tab,
        }
        for name, text in TABS.items()
    ]
    return render_template(
        "discussions/questions.html",
        tab=tab,
        tabs=tabs,
        rows=row_items(page.items, with_group=True),
        pages=page_links(page),
    )
