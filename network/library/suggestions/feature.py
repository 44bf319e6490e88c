"""What suggestions add to the library."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from network.core.events import Consumer, subscribe
from network.core.schedule import every
from network.core.transaction import transaction
from network.library.sections import lend_section
from network.library.suggestions import sections
from network.library.suggestions.events import SuggestionAnswered, SuggestionMade, SuggestionPassedOn
from network.library.suggestions.notices import CONSUMER, follow
from network.library.suggestions.passing import pass_on
from network.library.suggestions.views import area
from network.library.suggestions.views.stopping import stop
from network.threads.events import PostAdded


def add(app: Flask) -> None:
    """Registered by the library: pages, sections of a guide's page, mails, and the job that passes on."""
    app.register_blueprint(area)
    app.extensions["csrf"].exempt(stop)
    on = (SuggestionMade, SuggestionPassedOn, SuggestionAnswered, PostAdded)
    subscribe(app, Consumer(CONSUMER, follow, on=on, batch=20))
    every(app, timedelta(hours=6), "suggestions.passing", _pass_on)
    lend_section(app, "actions", sections.link)
    lend_section(app, "versions", sections.waiting)
    lend_section(app, "care", sections.care)


def _pass_on() -> None:
    """Until nothing goes on any more; each round is a transaction of its own."""
    passed = 1
    while passed:
        with transaction():
            passed = pass_on()
