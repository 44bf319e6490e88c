"""What the tests of collections share."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from network.core.transaction import transaction
from network.library.collections import actions
from network.library.collections.actions import Thing
from network.library.collections.models import Collection
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast


class Curator:
    """Begins collections in one application and fills them."""

    def __init__(self, app: Flask, cast: Cast) -> None:
        self.app, self.cast, self.shelf = app, cast, Shelf(cast)

    def begin(self, person: int, title: str = "First steps", group_id: int | None = None) -> Collection:
        """A collection of the person's or of a group of theirs."""
        viewer = self.cast.viewer(person)
        with self.app.app_context(), transaction():
            return actions.begin(viewer=viewer, title=title, purpose="Where to start", group_id=group_id)

    def add(self, person: int, collection: Collection, guide: Any, note: str = "") -> None:
        """Put a guide at the end."""
        viewer = self.cast.viewer(person)
        with self.app.app_context(), transaction():
            actions.add(viewer=viewer, collection_id=collection.id, thing=Thing("guide", guide.id), note=note)


@pytest.fixture
def curator(app: Flask, cast: Cast) -> Curator:
    """Begins collections."""
    return Curator(app, cast)
