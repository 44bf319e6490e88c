"""All that was said about the use of a guide, and the guides that somebody uses."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template, request

from network.core.web.access import members, readers
from network.core.web.pagination import Page, offset, page_links, page_number
from network.library.adoptions.models import OPEN_RESULTS, RESULTS
from network.library.adoptions.queries.evidence import evidence
from network.library.adoptions.queries.used import used_by
from network.library.adoptions.rules import may_use
from network.library.adoptions.showing import TONES, items
from network.library.adoptions.views import area
from network.library.checks import today
from network.library.models import KINDS
from network.library.queries.reading import guide_page
from network.library.views.getting import readable
from network.library.views.showing import row_tag, use_figure

PER_PAGE = 20


@area.get("/library/<slug>/adoptions", access=readers)
def adoptions(slug: str) -> Any:
    """Everybody who said that they use it, failures and ended uses in their place."""
    found = readable(slug)
    page = guide_page(found.slug or "")
    if page is None:
        abort(404)
    number = page_number()
    lines, told = evidence(found.id, limit=PER_PAGE, offset=offset(number, PER_PAGE))
    if not lines and number > 1:
        abort(404)
    listed = Page(lines, number, PER_PAGE, max(page.adoption_count, offset(number, PER_PAGE) + len(lines)))
    return render_template(
        "library/adoptions/list.html",
        found=found,
        items=items(lines, found.title, found.slug or "", found.standing),
        count=page.use_count,
        all=page.adoption_count,
        told=told,
        page=listed,
        pages=page_links(listed),
        slug=found.slug,
        may=may_use(g.viewer, found.standing),
    )


@area.get("/adoptions", access=members)
def used() -> Any:
    """The guides that I or my organisation use, and what we said of them."""
    number = page_number()
    lines, total = used_by(g.viewer, PER_PAGE, offset(number, PER_PAGE))
    if not lines and number > 1:
        abort(404)
    listed, on = Page(lines, number, PER_PAGE, total), today()
    return render_template(
        "library/adoptions/used.html",
        lines=[(line, row_tag(line, on)) for line in lines],
        use_figure=use_figure,
        page=listed,
        pages=page_links(listed),
        kinds=KINDS,
        results=RESULTS,
        tones=TONES,
        untold=OPEN_RESULTS,
        me=g.viewer.person_id,
    )


@area.get("/library/used", access=members)
def used_before() -> Any:
    """Where that list was first."""
    query = request.query_string.decode("ascii", "ignore")
    return redirect("/adoptions" + (f"?{query}" if query else ""), 301)
