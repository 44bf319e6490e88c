"""What links between our own texts add to the library."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from network.core import schedule
from network.core.events import Consumer, subscribe
from network.library.linking import panels
from network.library.linking.keeping import BATCH, CONSUMER, follow, go_over_everything
from network.library.linking.views import area
from network.library.sections import lend_section
from network.subjects.registry import AudienceChanged, SubjectEvent


def add(app: Flask) -> None:
    """Registered by the library."""
    app.register_blueprint(area)
    subscribe(app, Consumer(CONSUMER, follow, on=(SubjectEvent, AudienceChanged), batch=BATCH))
    schedule.every(app, timedelta(hours=24), "library.links", go_over_everything)
    lend_section(app, "notes", panels.broken)
    lend_section(app, "care", panels.report)
    lend_section(app, "related", panels.what_links_here)
