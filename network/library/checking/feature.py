"""What the care for guides adds to the application."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, g

from network.core import schedule
from network.library import rules
from network.library.checking.answering import answered_for
from network.library.checking.inheriting import inherit_from_absent
from network.library.checking.reminders import remind
from network.library.checking.views import area
from network.library.checking.views.stopping import stop
from network.library.queries.reading import GuidePage
from network.library.sections import Section, lend_section


def add(app: Flask) -> None:
    """Pages, the jobs that remind and hand on, and what stands on a guide's page."""
    app.register_blueprint(area)
    app.extensions["csrf"].exempt(stop)
    schedule.every(app, timedelta(hours=1), "library.check-reminders", remind)
    schedule.every(app, timedelta(days=1), "library.inherit", inherit_from_absent)
    lend_section(app, "versions", _record)
    lend_section(app, "notes", _alone)


def _record(page: GuidePage) -> Section:
    return Section("library/checking/link.html", {"address": f"/library/{page.slug}/checks"})


def _alone(page: GuidePage) -> Section | None:
    """An offer to those who work for the organisation that owns the guide; nobody else costs a question."""
    may = rules.may_take_over(g.viewer, page.standing, answered_for=False)
    if not may or rules.writes(g.viewer, page.standing) or answered_for(page.id, page.standing.owner.id):
        return None
    return Section("library/checking/alone.html", {"address": f"/library/{page.slug}/take-over"})
