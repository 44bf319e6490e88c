"""What flags add to the application."""

from __future__ import annotations

from flask import Flask

from network.core.events import Consumer, subscribe
from network.library.events import GuideFlagAnswered, GuideFlagged
from network.library.flags import sections
from network.library.flags.notices import CONSUMER, follow
from network.library.flags.views import area
from network.library.sections import lend_section


def add(app: Flask) -> None:
    """Pages, what stands on a guide's page, and the consumer that tells owners and those who flagged."""
    app.register_blueprint(area)
    subscribe(app, Consumer(CONSUMER, follow, on=(GuideFlagged, GuideFlagAnswered), batch=20))
    lend_section(app, "notes", sections.waiting)
    lend_section(app, "actions", sections.link)
    lend_section(app, "care", sections.offer)
