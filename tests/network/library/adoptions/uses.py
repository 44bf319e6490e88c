"""A guide of Harrowdale's, and people of other organisations who may use it."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import select

from network.core.db import db
from network.core.transaction import transaction
from network.core.worker import drain
from network.library.adoptions import actions
from network.library.adoptions.actions import Told
from network.library.adoptions.models import Adoption
from network.library.checks import today
from network.library.models import Guide
from network.organisations.models import Organisation
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast


class Town:
    """The people, and short ways to do and to look."""

    def __init__(self, cast: Cast, shelf: Shelf) -> None:
        self.cast, self.app, self.shelf = cast, cast.app, shelf
        cast.organisation("harrowdale")
        self.owner = cast.person("Owen Pritchard")
        self.nia, self.ned = self.worker("northmere", "Nia"), self.worker("northmere", "Ned")
        self.tom = self.worker("tidewell", "Tom")
        self.lone = cast.person("Lone Wolf", email="lone@nowhere.example")
        self.guide = shelf.guide(self.owner, "Bins").id

    def worker(self, organisation: str, name: str, **changes: str) -> int:
        """Somebody who works for an organisation, which is made with these changes."""
        number = self.cast.organisation(organisation)
        if changes:
            with self.app.app_context(), transaction():
                for field, value in changes.items():
                    setattr(db.session.get_one(Organisation, number), field, value)
        return self.cast.person(f"{name} {organisation.title()}", email=f"{name.lower()}@{organisation}.example")

    def use(self, person: int, result: str = "", text: str = "", *, guide: int = 0, **more: Any) -> int:
        """They use the guide, and perhaps say how it went; the adoption's id."""
        viewer = self.cast.viewer(person)
        with self.app.app_context():
            with transaction():
                number = actions.use(viewer=viewer, guide_id=guide or self.guide, **more).id
            if result:
                with transaction():
                    told = Told(result, text, today(), may_be_asked=True)
                    actions.tell(viewer=viewer, adoption_id=number, told=told)
            return number

    def stop(self, person: int, adoption: int) -> None:
        """They stopped."""
        viewer = self.cast.viewer(person)
        with self.app.app_context(), transaction():
            actions.stop(viewer=viewer, adoption_id=adoption)

    def counts(self, guide: int = 0) -> tuple[int, int]:
        """How many use it, and how many reports there are."""
        with self.app.app_context():
            columns = (Guide.use_count, Guide.adoption_count)
            return tuple(db.session.execute(select(*columns).where(Guide.id == (guide or self.guide))).one())  # type: ignore[return-value]

    def adoption(self, number: int) -> Adoption:
        """As it is stored."""
        with self.app.app_context():
            found = db.session.get_one(Adoption, number)
            db.session.expunge(found)
            return found

    def settle(self) -> None:
        """Let the worker finish."""
        while drain(self.app):
            pass


def send(client: Any, address: str, **fields: str) -> Any:
    """Open a page, and send its form with these fields."""
    page = client.get(address)
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.get_data(as_text=True)))
    return client.post(address, data={**hidden, **fields})


def words(client: Any, address: str) -> str:
    """The page at an address."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return str(answer.get_data(as_text=True))
