"""What files add to the library."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from network.attachments.events import FileInfected, FileReady
from network.core import schedule
from network.core.events import Consumer, subscribe
from network.library.files.listeners import follow_ready, read_missed
from network.library.files.notices import follow_infected
from network.library.files.sections import care, files
from network.library.files.views import area
from network.library.sections import lend_section


def add(app: Flask) -> None:
    """Registered by the library."""
    app.register_blueprint(area)
    lend_section(app, "files", files)
    lend_section(app, "care", care)
    subscribe(app, Consumer("library.file-words", follow_ready, on=(FileReady,)))
    subscribe(app, Consumer("library.file-infected", follow_infected, on=(FileInfected,)))
    schedule.every(app, timedelta(minutes=1), "library.missed-words", read_missed)
