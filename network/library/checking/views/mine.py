"""“Your checks”: what I answer for, the most urgent first, each one press away from “Still right?”."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import abort, g, redirect, render_template

from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.forms import Form, say
from network.core.web.limits import limit_writing
from network.core.web.pagination import Page, offset, page_links, page_number
from network.library import rules
from network.library.checking.queries.asked import left_alone
from network.library.checking.queries.mine import URGENCIES, my_checks, my_withdrawn
from network.library.checking.stopping import unmute
from network.library.checking.views import area
from network.library.checks import today
from network.library.models import KINDS
from network.library.queries.found import guide_by_id
from network.library.views.showing import row_tag, use_figure

PER_PAGE = 20
MOST_OTHERS = 20


@area.get("/checks", access=members)
def checks() -> Any:
    """Twenty a page; beside the first what was withdrawn, and what nobody answers for."""
    number = page_number()
    rows, total = my_checks(g.viewer, limit=PER_PAGE, offset=offset(number, PER_PAGE))
    if not rows and number > 1:
        abort(404)
    page, on = Page(rows, number, PER_PAGE, total), today()
    alone = left_alone(g.viewer, MOST_OTHERS) if number == 1 else []
    return render_template(
        "library/checking/mine.html",
        page=page,
        pages=page_links(page),
        parts=[(URGENCIES[name], name, list(of)) for name, of in groupby(rows, lambda row: row.urgency)],
        kinds=KINDS,
        use_figure=use_figure,
        withdrawn=my_withdrawn(g.viewer, MOST_OTHERS) if number == 1 else [],
        alone=[(one, row_tag(one, on)) for one in alone],
        form=Form(),
    )


@area.post("/checks/<int(max=2147483647):guide_id>/mails", access=members)
@limit_writing
def write_again(guide_id: int) -> Any:
    """Have mails about a guide come again."""
    found = guide_by_id(guide_id)
    if found is None or not rules.may_read(g.viewer, found.standing):
        abort(404)
    if Form().validate_on_submit():
        with transaction():
            unmute(person_id=g.viewer.person_id, guide_id=guide_id)
        say(f"We write to you about “{found.title}” again when its check is due")
    return redirect("/checks", 303)
