"""What adoptions add to the library: their pages, what they show on others', and what follows from them."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from network.core.events import Consumer, subscribe
from network.core.schedule import every
from network.groups.closing import before_closing
from network.library.adoptions import arriving, asking, changes, counting, leaving, panels, showing, withdrawals
from network.library.adoptions.events import GuideChangeMatters
from network.library.adoptions.views import area
from network.library.adoptions.views.answering import stop_mails
from network.library.events import GuideEvent, GuideWithdrawn
from network.library.sections import lend_section
from network.people.events import OrganisationConfirmed
from network.subjects.panels import lend


def add(app: Flask) -> None:
    """Registered by the library."""
    app.register_blueprint(area)
    app.extensions["csrf"].exempt(stop_mails)
    lend_section(app, "actions", showing.button)
    lend_section(app, "evidence", showing.happened)
    lend_section(app, "facts", showing.figure)
    lend(app, "organisation.guides", panels.of_organisation)
    lend(app, "person.aside", panels.of_person)
    lend(app, "group.closing", panels.of_closing)
    before_closing(app, leaving.keep_public)
    subscribe(app, Consumer("adoptions.counts", counting.follow, on=(GuideEvent,), batch=500))
    subscribe(app, Consumer(changes.CONSUMER, changes.follow, on=(GuideChangeMatters,)))
    subscribe(app, Consumer(withdrawals.CONSUMER, withdrawals.follow, on=(GuideWithdrawn,)))
    subscribe(app, Consumer(arriving.CONSUMER, arriving.follow, on=(OrganisationConfirmed,)))
    every(app, timedelta(hours=6), "adoptions.counts", counting.recount)
    every(app, timedelta(hours=1), "adoptions.ask", asking.ask_due)
