"""The topics, and what is filed under one: the library's guides here, panels of other features below."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template

from network.core.web.access import readers
from network.core.web.pagination import Page, offset, page_links, page_number
from network.library.queries.lists import Filters, guides
from network.library.queries.tallies import tallies
from network.library.views import area
from network.library.views.showing import guide_rows
from network.subjects.panels import panels
from network.vocabulary.queries import topic_by_slug, topic_tree

PER_PAGE = 20


@area.get("/topics", access=readers)
def topics() -> Any:
    """All topics in two levels, with the number of guides."""
    numbers = tallies(g.viewer).get("topic", {})
    return render_template("library/topics/list.html", tree=topic_tree(), numbers=numbers)


@area.get("/topics/<slug>", access=readers)
def topic(slug: str) -> Any:
    """Everything about one topic and those under it. An alias leads to the topic's own address."""
    found = topic_by_slug(slug)
    if found is None:
        abort(404)
    if found.moved:
        return redirect(f"/topics/{found.topic.slug}", 301)
    number = page_number()
    filters = Filters(topic_ids=tuple(sorted(found.ids)))
    lines = guides(g.viewer, filters, limit=PER_PAGE, offset=offset(number, PER_PAGE))
    if not lines and number > 1:
        abort(404)
    counted = tallies(g.viewer).get("topic", {}).get(str(found.topic.id), 0)
    page = Page(lines, number, PER_PAGE, max(counted, offset(number, PER_PAGE) + len(lines)))
    return render_template(
        "library/topics/topic.html",
        found=found,
        rows=guide_rows(lines),
        page=page,
        pages=page_links(page),
        panels=panels("topic.main", g.viewer, found.topic.id),
        aside_panels=panels("topic.aside", g.viewer, found.topic.id),
    )
