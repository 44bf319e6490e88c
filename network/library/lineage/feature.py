"""What lineage adds to the library."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from network.core.events import Consumer, subscribe
from network.core.schedule import every
from network.library.events import GuideImported, GuidePublished, GuideRestored, GuideWithdrawn
from network.library.lineage import actions, sections
from network.library.lineage.views import area
from network.library.sections import lend_section


def add(app: Flask) -> None:
    """Registered by the library."""
    app.register_blueprint(area)
    lend_section(app, "actions", sections.button)
    lend_section(app, "notes", sections.credit)
    lend_section(app, "related", sections.adaptations)
    events = (GuidePublished, GuideImported, GuideWithdrawn, GuideRestored)
    subscribe(app, Consumer("lineage.counts", actions.follow, on=events, batch=500))
    every(app, timedelta(hours=6), "lineage.counts", actions.recount)
