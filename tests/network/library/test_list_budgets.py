"""Lists ask the database as often for many rows as for few."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import update

from network.core.db import db
from network.core.transaction import transaction
from network.library.flags.actions import flag
from network.library.incoming.models import DONE, MADE, READY, ImportItem, ImportJob
from network.library.models import Guide
from network.library.suggestions import actions as suggestions
from network.library.suggestions.actions import Proposal
from tests.network.library.adoptions.uses import Town
from tests.network.library.shelf import BODY, Shelf
from tests.support.cast import Cast
from tests.support.queries import count_queries

LISTS = {
    "/adoptions": "nia",
    "/library/bins/adoptions": "owner",
    "/suggestions": "nia",
    "/library/bins/suggestions": "owner",
    "/library/bins/flags": "owner",
    "/broken-links": "owner",
    "/library/import": "owner",
    "/library/import/1": "owner",
    "/library/import/2": "owner",
}
"""And who looks. The first import is finished, the second waits to be looked through."""


class Lists:
    """A town in which every list grows by a row at a time."""

    def __init__(self, app: Flask, town: Town) -> None:
        self.app, self.town, self.rows = app, town, 0
        with app.app_context(), transaction():
            for state in (DONE, READY):
                self._import(state)

    def grow(self) -> None:
        """One more row in each."""
        self.rows += 1
        town, name = self.town, f"north{self.rows}"
        guide = town.shelf.guide(town.owner, f"Guide {self.rows}").id
        person = town.worker(name, "Pat")
        town.use(town.nia, "worked", "It did", guide=guide)
        town.use(person, "worked", "It did")
        for viewer, of in ((town.cast.viewer(town.nia), guide), (town.cast.viewer(person), town.guide)):
            proposal = Proposal(1, "Bins", "How we did it", f"{BODY}\n\nMore.\n", f"Why {self.rows}")
            with self.app.app_context(), transaction():
                suggestions.send(viewer=viewer, guide_id=of, proposal=proposal)
                flag(viewer=viewer, guide_id=of, reason="Old")
        with self.app.app_context(), transaction():
            db.session.execute(update(Guide).where(Guide.id == guide).values(broken_link_count=1))
            self._import(DONE)
            for job in (1, 2):
                file = {"path": f"{self.rows}.md", "title": "A file", "kind": "guide"}
                made = {"outcome": MADE, "guide_id": guide} if job == 1 else {"before_id": guide, "standing": "edited"}
                db.session.add(ImportItem(job_id=job, number=self.rows, **file, **made))

    def _import(self, state: str) -> None:
        db.session.add(ImportJob(person_id=self.town.owner, state=state, name="Files"))
        db.session.flush()

    def costs(self) -> dict[str, tuple[int, int]]:
        """How many queries each list takes, once it was looked at, and how long its page is."""
        found = {}
        for address, who in LISTS.items():
            client = self.town.cast.client(getattr(self.town, who))
            for _ in range(2):
                with count_queries(self.app) as queries:
                    page = client.get(address)
            assert page.status_code == 200, address
            found[address] = len(queries), len(page.data)
        return found


def test_lists_cost_as_many_queries_for_many_rows_as_for_few(app: Flask, cast: Cast, shelf: Shelf) -> None:
    lists = Lists(app, Town(cast, shelf))
    lists.grow()
    few = lists.costs()
    for _ in range(4):
        lists.grow()
    many = lists.costs()
    assert {at: queries for at, (queries, _) in many.items()} == {at: queries for at, (queries, _) in few.items()}
    assert all(many[at][1] > few[at][1] + 4 * 50 for at in LISTS), "every list has grown"
