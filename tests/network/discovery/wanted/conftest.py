"""What the tests of the board share."""

from __future__ import annotations

import pytest
from flask import Flask

from network.core.transaction import transaction
from network.core.worker import drain
from network.discovery.wanted import actions
from network.library.actions.publishing import publish_draft
from tests.network.discovery.saved.conftest import Keeper
from tests.network.library.shelf import Shelf, content
from tests.support.cast import Cast


class Board:
    """Puts things on one application's board and writes them."""

    def __init__(self, app: Flask, cast: Cast) -> None:
        self.app, self.cast, self.shelf = app, cast, Shelf(cast)

    def ask(self, person: int, words: str = "Damp and mould letter") -> int:
        """Ask for something; the id of the entry."""
        viewer = self.cast.viewer(person)
        with self.app.app_context(), transaction():
            return actions.add_entry(viewer=viewer, words=words).id

    def join(self, entry: int, *people: int) -> None:
        """These want it too."""
        for person in people:
            viewer = self.cast.viewer(person)
            with self.app.app_context(), transaction():
                actions.want(viewer=viewer, entry_id=entry)

    def crowd(self, entry: int, number: int, organisations: int = 1) -> list[int]:
        """So many more people, each from one of so many organisations."""
        people = []
        for place in range(number):
            domain = f"body{place % organisations}"
            self.cast.organisation(domain)
            person = self.cast.person(f"Person {'abcdefghijklmnop'[place]}", email=f"p{place}@{domain}.example")
            people.append(person)
        self.join(entry, *people)
        return people

    def begin(self, person: int, entry: int) -> int:
        """I can write this: the id of the draft."""
        viewer = self.cast.viewer(person)
        with self.app.app_context():
            words = content("Damp and mould letter")
            with transaction():
                return actions.begin(viewer=viewer, entry_id=entry, content=words).id

    def publish(self, person: int, guide: int) -> None:
        """Publish the draft and let the worker tell."""
        viewer = self.cast.viewer(person)
        with self.app.app_context(), transaction():
            publish_draft(viewer=viewer, guide_id=guide)
        while drain(self.app):
            pass


@pytest.fixture
def on_board(app: Flask, cast: Cast) -> Board:
    """Puts things on the board."""
    return Board(app, cast)


@pytest.fixture
def keeper(app: Flask, cast: Cast) -> Keeper:
    """Saves searches."""
    return Keeper(app, cast)
