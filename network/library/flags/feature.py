"""What flags add to the application."""

from __future__ import annotations

from flask import Flask, g

from network.core.events import Consumer, subscribe
from network.library import rules
from network.library.events import GuideFlagAnswered, GuideFlagged
from network.library.flags.notices import CONSUMER, follow
from network.library.flags.queries import open_flags
from network.library.flags.views import area
from network.library.queries.reading import GuidePage
from network.library.sections import Section, lend_section


def add(app: Flask) -> None:
    """Pages, what stands on a guide's page, and the consumer that tells owners and those who flagged."""
    app.register_blueprint(area)
    subscribe(app, Consumer(CONSUMER, follow, on=(GuideFlagged, GuideFlagAnswered), batch=20))
    lend_section(app, "notes", _waiting)
    lend_section(app, "care", _offer)


def _waiting(page: GuidePage) -> Section | None:
    """What somebody says is out of date, above the text. Asks the database only for a guide that is flagged."""
    if page.flagged_at is None:
        return None
    may_answer = rules.may_answer_flag(g.viewer, page.standing)
    return Section("library/flags/notes.html", {"flags": open_flags(page.id), "may_answer": may_answer})


def _offer(page: GuidePage) -> Section:
    return Section("library/flags/offer.html", {"flagged": page.flagged_at is not None})
