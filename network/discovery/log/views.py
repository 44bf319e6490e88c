"""Failed searches for moderators, and the form by which everyone says what they were after."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import abort, g, redirect, render_template, request

from network.core.transaction import transaction
from network.core.web.access import members, moderators
from network.core.web.area import Area
from network.core.web.forms import say
from network.core.web.limits import limit_writing
from network.core.web.pagination import Page, page_links, page_number
from network.core.web.tables import as_csv
from network.core.web.templating import local
from network.discovery.log import actions, queries
from network.discovery.log.forms import FeedbackForm, ForgetForm
from network.discovery.log.keeping import loggable, only_public
from network.discovery.log.pages import PLACE, tabs

MOST_ROWS = 1_000

area = Area("searches", __name__)


@area.get(PLACE, access=moderators)
def failed() -> Any:
    """The searches that failed most in the last 30 days, with what can be done about each."""
    found = _page(queries.failed_searches)
    return render_template(
        "discovery/log/failed.html",
        tabs=tabs("failed"),
        rows=found.items,
        pages=page_links(found),
    )


@area.get(PLACE + ".csv", access=moderators)
def download() -> Any:
    """The same as a table."""
    return as_csv(
        "failed-searches",
        ("Search", "Times", "Last day", "Searched next", "Useful", "Not useful"),
        (
            (
                row.text,
                row.times,
                local(row.last).date(),
                "; ".join(text for text, _ in row.then),
                row.useful,
                row.not_useful,
            )
            for row in queries.failed_searches(1, MOST_ROWS).items
        ),
    )


@area.get(PLACE + "/feedback", access=moderators)
def feedback() -> Any:
    """What people said about the results of their searches."""
    found = _page(queries.feedback)
    return render_template("discovery/log/said.html", tabs=tabs("feedback"), rows=found.items, pages=page_links(found))


@area.get(PLACE + "/feedback.csv", access=moderators)
def download_feedback() -> Any:
    """The same as a table."""
    words = {True: "yes", False: "no", None: ""}
    return as_csv(
        "search-feedback",
        ("Search", "Useful", "What they were after", "Day"),
        ((row.text, words[row.useful], row.said, local(row.at).date()) for row in queries.feedback(1, MOST_ROWS).items),
    )


@area.route(PLACE + "/forget", methods=["GET", "POST"], access=moderators)
@limit_writing
def forget() -> Any:
    """Ask before a text goes from the log."""
    form = ForgetForm(data={"text": request.args.get("text", "")})
    if not form.text.data:
        abort(404)
    if form.validate_on_submit():
        with transaction():
            actions.forget_text(viewer=g.viewer, text=form.text.data)
        say("The search is forgotten")
        return redirect(PLACE, 303)
    return render_template("discovery/log/forget.html", form=form, place=PLACE)


@area.route("/search/feedback", methods=["GET", "POST"], access=members)
@limit_writing
def tell() -> Any:
    """Keep an answer, without who, and lead back to the results. Also a page of its own, for when it is not right."""
    form = FeedbackForm()
    if form.validate_on_submit():
        plain = loggable(form.q.data or "")
        text = next(iter(only_public([plain], g.viewer.audiences)), "")
        with transaction():
            actions.say(
                text=text,
                useful={"yes": True, "no": False}.get(form.useful.data or ""),
                said=form.said.data or "",
            )
        say("Thank you. Moderators read what people say about search")
        return redirect("/search" + (f"?{urlencode({'q': form.q.data})}" if form.q.data else ""), 303)
    return render_template("discovery/log/tell.html", form=form)


def _page(read: Any) -> Page[Any]:
    number = page_number()
    found: Page[Any] = read(number)
    if number > found.pages:
        abort(404)
    return found
