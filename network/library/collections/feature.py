"""What collections add to the library."""

from __future__ import annotations

from flask import Flask

from network.library.collections import panels
from network.library.collections.subject import SUBJECT
from network.library.collections.views import area
from network.library.sections import lend_section
from network.subjects.panels import lend
from network.subjects.registry import register


def add(app: Flask) -> None:
    """Registered by the library."""
    app.register_blueprint(area)
    register(app, SUBJECT)
    lend_section(app, "side", panels.of_guide)
    lend(app, "topic.aside", panels.on_topic)
    lend(app, "group.guides", panels.on_group)
    lend(app, "group.closing", panels.of_closing)
