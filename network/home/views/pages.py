"""Pages about the network itself, and the page behind “Ask or share”. They hold words more than data."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import current_app, g, render_template
from markupsafe import Markup

from network.core.licences import LICENCES
from network.core.text.links import LinkPolicy
from network.core.text.markdown import render
from network.core.web.access import everyone, readers
from network.home.queries.network import people_who_run_it
from network.home.views import area

# The statement says when it was written and last gone through: change these days when its words change.
STATEMENT_PREPARED = date(2026, 11, 22)
STATEMENT_REVIEWED = date(2026, 11, 22)
EXAMPLES = (
    ("Paragraphs", "Leave an empty line\n\nbetween two paragraphs."),
    ("Heading", "## What it cost us"),
    ("Bold", "This is **important**."),
    ("Italic", "We read _every_ letter."),
    ("Link", "See [the form](https://example.org/form)."),
    ("Bulleted list", "- one form\n- eight questions"),
    ("Numbered list", "1. Ask who will read it\n2. Write it"),
    ("Quotation", "> Nobody could follow it."),
    ("Code", "Press `Ctrl` and `P`."),
    ("Table", "| Letter | Words |\n| --- | ---: |\n| Reminder | 96 |"),
)


@area.get("/about", access=everyone)
def about() -> Any:
    """How the network works, who runs it, how to join and how to leave."""
    return render_template(
        "home/pages/about.html",
        administrators=people_who_run_it() if readers.allows(g.viewer) else [],
        licence=LICENCES[current_app.config["DEFAULT_LICENCE"]],
        join_domains=current_app.config["JOIN_DOMAINS"],
        open_reading=current_app.config["OPEN_READING"],
    )


@area.get("/writing-help", access=everyone)
def writing_help() -> Any:
    """What to type for headings, lists and the like, beside what the renderer makes of it."""
    links = LinkPolicy(own_origin=current_app.config["BASE_URL"])
    rows = [
        (words, typed, Markup(render(typed, links=links, heading_offset=1, id_prefix=f"e{number}-").html))  # noqa: S704
        for number, (words, typed) in enumerate(EXAMPLES)
    ]
    return render_template("home/pages/writing_help.html", rows=rows)


@area.get("/accessibility", access=everyone)
def accessibility() -> Any:
    """The accessibility statement that the law asks public bodies for."""
    return render_template(
        "home/pages/accessibility.html",
        base_url=current_app.config["BASE_URL"],
        prepared=STATEMENT_PREPARED,
        reviewed=STATEMENT_REVIEWED,
    )


@area.get("/privacy", access=everyone)
def privacy() -> Any:
    """What is kept about people, why and how long, and the one cookie."""
    return render_template(
        "home/pages/privacy.html",
        cookie=current_app.config["SESSION_COOKIE_NAME"],
        cookie_days=current_app.permanent_session_lifetime.days,
        licence=LICENCES[current_app.config["DEFAULT_LICENCE"]],
        counts_elsewhere=bool(current_app.config["REDIS_URL"]),
    )
