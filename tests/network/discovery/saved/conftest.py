"""What the tests of saved searches share: people who save searches, and the mails that come of it."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from network.core.transaction import transaction
from network.core.worker import drain
from network.discovery.saved import actions
from network.discovery.saved.alerts import morning
from network.discovery.saved.criteria import Criteria
from network.discovery.saved.news import known_at_first
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast


class Keeper:
    """Saves searches and lets time pass."""

    def __init__(self, app: Flask, cast: Cast) -> None:
        self.app, self.cast, self.shelf = app, cast, Shelf(cast)

    def save(self, person: int, text: str, alerts: str = "at-once", **criteria: Any) -> int:
        """Save a search as the page does, once all that is there has been indexed."""
        drain(self.app)
        asked = Criteria(text=text, **criteria)
        viewer = self.cast.viewer(person)
        with self.app.app_context():
            known, broad = known_at_first(asked, viewer)
            with transaction():
                row = actions.save(
                    viewer=viewer, name=text or "all", criteria=asked, alerts=alerts, known=known, broad=broad
                )
                return row.id

    def work(self) -> None:
        """Everything that is queued, until nothing is left."""
        while drain(self.app):
            pass

    def morning(self) -> None:
        """The job that the schedule runs."""
        self.work()
        with self.app.app_context():
            morning()
        self.work()

    def mails(self) -> list[EmailMessage]:
        """All mails so far, oldest first."""
        self.work()
        files = sorted((Path(self.app.config["DATA_DIR"]) / "mail").glob("*.eml"))
        return [message_from_bytes(path.read_bytes(), policy=default) for path in files]


@pytest.fixture
def keeper(app: Flask, cast: Cast) -> Keeper:
    """Saves searches."""
    return Keeper(app, cast)
