"""What the tests of suggestions share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from network.core.db import db
from network.core.transaction import transaction
from network.library.actions.editing import edit
from network.library.content import lay_out
from network.library.models import Guide
from network.library.queries.writing import text_of
from network.library.suggestions import actions
from network.library.suggestions.actions import Proposal
from network.library.suggestions.content import put_together
from network.library.suggestions.models import Suggestion
from network.library.wording import Words
from tests.network.library.shelf import BODY, Shelf
from tests.support.cast import Cast

NEW = BODY.replace("Ask who will read it.", "Ask everybody who will read it.").replace("Nineteen", "Twenty")


@dataclass
class Desk:
    """A guide of Owen's, and what Fatima suggests to it."""

    app: Flask
    cast: Cast
    owen: int
    fatima: int
    guide: int
    address: str

    def suggest(self, person: int | None = None, **changes: Any) -> int:
        """Send a suggestion; its number. Its text changes two paragraphs unless another is given."""
        given = {"base_version": 1, "title": "Moving a planning register", "summary": "How we did it"}
        given |= {"body": NEW, "why": "Half of it is missing", **changes}
        viewer = self.cast.viewer(person or self.fatima)
        with self.app.app_context(), transaction():
            return actions.send(viewer=viewer, guide_id=self.guide, proposal=Proposal(**given)).number or 0

    def publish(self, body: str, by: int | None = None) -> None:
        """A newer version of the guide."""
        viewer = self.cast.viewer(by or self.owen)
        with self.app.app_context():
            text = text_of(self.guide)
            content = put_together(text, Words(text.title, text.summary, body), lay_out(body))
            with transaction():
                edit(viewer=viewer, guide_id=self.guide, content=content, note="Newer")

    def row(self, number: int = 1) -> Suggestion:
        """The suggestion as stored."""
        with self.app.app_context():
            query = select(Suggestion).where(Suggestion.guide_id == self.guide, Suggestion.number == number)
            return db.session.scalars(query).one()

    def now(self) -> Guide:
        """The guide as stored."""
        with self.app.app_context():
            return db.session.get_one(Guide, self.guide)


@pytest.fixture
def desk(app: Flask, cast: Cast) -> Desk:
    """A guide of Owen's."""
    owen = cast.person("Owen Pritchard", email="owen@harrowdale.example")
    fatima = cast.person("Fatima Siddiqui", email="fatima@marlow.example")
    guide = Shelf(cast).guide(owen)
    return Desk(app, cast, owen, fatima, guide.id, f"/library/{guide.slug}")
